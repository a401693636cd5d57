package org.stonechat.ticket.field;

import java.util.Collection;
import java.util.UUID;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;

/// Who may set up what for which departments.
final class FieldScope {

    private FieldScope() {}

    /// @param departments empty for all of them, which is for those who have all
    /// @throws ProblemException 404 for a department of others, 403 for all of them
    static void require(CurrentUser user, Collection<UUID> departments) {
        departments.forEach(department -> user.requireDepartment(department, "department"));
        if (departments.isEmpty() && !user.allDepartments()) {
            throw ProblemException.forbidden("What holds in every department is set up by those who have them all.");
        }
    }
}
