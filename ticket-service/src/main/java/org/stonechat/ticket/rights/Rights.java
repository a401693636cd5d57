package org.stonechat.ticket.rights;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.Department;

/// What the caller may do. Whether he sees the ticket at all is asked of [TicketSight] before.
@ApplicationScoped
public class Rights {

    private final CurrentUser user;

    Rights(CurrentUser user) {
        this.user = user;
    }

    public boolean has(Right right, Department department) {
        return user.roles().stream()
                .anyMatch(role -> RoleRights.of(department.preset(), role).contains(right));
    }

    /// @throws ProblemException 403 `right-missing`
    public void require(Right right, Department department) {
        if (!has(right, department)) {
            throw new ProblemException(
                    TicketError.RIGHT_MISSING, "It needs the right " + right + " in " + department.name() + ".");
        }
    }
}
