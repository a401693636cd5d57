package org.stonechat.ticket.rights;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;

/// The way to the set-up of departments for a caller: the one place that asks for the right
/// [Right#CONFIGURE].
@ApplicationScoped
public class Configuring {

    private final DepartmentRepository departments;
    private final Rights rights;
    private final CurrentUser user;

    Configuring(DepartmentRepository departments, Rights rights, CurrentUser user) {
        this.departments = departments;
        this.rights = rights;
        this.user = user;
    }

    /// @throws ProblemException 404 for another department, 422 for one that does not exist, 403 without the
    ///                          right
    public void require(UUID departmentId) {
        user.requireDepartment(departmentId, "department");
        rights.require(Right.CONFIGURE, departments.known(departmentId));
    }

    /// What is to hold in several departments.
    ///
    /// @param departmentIds empty for every department there is or will be, which is for admins of all of them
    /// @throws ProblemException 404, 422 and 403 as for a single one
    public void requireAll(Collection<UUID> departmentIds) {
        departmentIds.forEach(this::require);
        if (departmentIds.isEmpty() && !(user.allDepartments() && user.hasRole(Roles.ADMIN))) {
            throw ProblemException.forbidden("What holds in every department is set up by admins who have them all.");
        }
    }

    /// What holds in several departments already, of which the caller knows one at least.
    ///
    /// @param departmentIds empty for every department
    /// @throws ProblemException 403 without the right in one of them
    public void requireChange(Collection<UUID> departmentIds) {
        if (!departmentIds.stream().allMatch(user::inDepartment)) {
            throw ProblemException.forbidden("It holds in departments too that are not yours.");
        }
        requireAll(departmentIds);
    }

    /// Those of the caller's departments that he may set up.
    public Set<UUID> departments() {
        List<Department> his = user.allDepartments()
                ? departments.listAll()
                : user.departments().isEmpty() ? List.of() : departments.list("id in ?1", user.departments());
        return his.stream()
                .filter(department -> rights.has(Right.CONFIGURE, department))
                .map(Department::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
