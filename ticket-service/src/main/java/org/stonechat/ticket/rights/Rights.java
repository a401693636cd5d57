package org.stonechat.ticket.rights;

import java.util.Collection;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.Department;

/// What the caller may do. Whether he sees the ticket at all is asked of [TicketSight] before.
@ApplicationScoped
public class Rights {

    private final CurrentUser user;
    private final DefinedRoles roles;

    Rights(CurrentUser user, DefinedRoles roles) {
        this.user = user;
        this.roles = roles;
    }

    public boolean has(Right right, Department department) {
        return in(department).contains(right);
    }

    /// Whether somebody with these roles has the right in the department.
    public boolean has(Right right, Collection<String> ofRoles, Department department) {
        return roles.of(ofRoles, department).contains(right);
    }

    /// All that the caller may do in the department.
    public Set<Right> in(Department department) {
        return roles.of(user.roles(), department);
    }

    /// @throws ProblemException 403 `right-missing`
    public void require(Right right, Department department) {
        if (!has(right, department)) {
            throw new ProblemException(
                    TicketError.RIGHT_MISSING, "It needs the right " + right + " in " + department.name() + ".");
        }
    }
}
