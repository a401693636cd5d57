package org.stonechat.ticket.rights;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.department.DepartmentRepository;

/// The way to a department's set-up for a caller.
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
}
