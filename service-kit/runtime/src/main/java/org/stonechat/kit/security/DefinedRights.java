package org.stonechat.kit.security;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;

/// What callers may do by roles that an admin defined, or redefined, outside the ticket service, which grants rights itself.
/// The kind of a role opens an operation to it; this says whether the role may use it in a department.
@ApplicationScoped
public class DefinedRights {

    private final CurrentUser user;
    private final KnownAccess access;

    DefinedRights(CurrentUser user, KnownAccess access) {
        this.user = user;
        this.access = access;
    }

    /// @param right   as definitions name it, such as `EDIT`
    /// @param builtIn the built-in roles that may do it wherever nobody defined them otherwise
    public boolean allow(String right, UUID department, Set<String> builtIn) {
        Map<String, DefinedRole> defined = access.roles();
        Set<String> roles = user.roles();
        // Tokens name the kind beside a defined role, or the augmentor does; the definition alone counts then.
        Set<String> replaced = roles.stream()
                .map(defined::get)
                .filter(Objects::nonNull)
                .filter(role -> !role.isBuiltIn())
                .map(DefinedRole::kind)
                .collect(Collectors.toSet());
        String preset = access.preset(department);
        return roles.stream().filter(role -> !replaced.contains(role)).anyMatch(role -> {
            DefinedRole definition = defined.get(role);
            return definition == null ? builtIn.contains(role) : definition.allows(right, department, preset);
        });
    }

    /// @throws ProblemException 403 without the right
    public void require(String right, UUID department, Set<String> builtIn) {
        if (!allow(right, department, builtIn)) {
            throw ProblemException.forbidden("It needs the right " + right + " in this department.");
        }
    }
}
