package org.stonechat.kit.security;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;

/// What callers may do by roles that an admin defined, or redefined, outside the ticket service, which grants rights
/// itself. The kind of a role opens an operation to it; this says whether the role may use it in a department.
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
    /// @throws ProblemException 403 without the right
    public void require(String right, UUID department, Set<String> builtIn) {
        String preset = access.preset(department);
        if (!allow(builtIn, role -> role.allows(right, department, preset))) {
            throw ProblemException.forbidden("It needs the right " + right + " in this department.");
        }
    }

    /// For operations that are open to kinds of which only a defined role can have the right: whoever has it nowhere
    /// learns nothing of what is there.
    ///
    /// @throws ProblemException 403 for whoever has the right in no department
    public void requireSomewhere(String right, Set<String> builtIn) {
        if (!allow(builtIn, role -> role.allowsSomewhere(right))) {
            throw ProblemException.forbidden("It needs the right " + right + ".");
        }
    }

    private boolean allow(Set<String> builtIn, Predicate<DefinedRole> definition) {
        Map<String, DefinedRole> defined = access.roles();
        Set<String> roles = user.roles();
        // Tokens name the kind beside a defined role, or the augmentor does; the definition alone counts then.
        Set<String> replaced = roles.stream()
                .map(defined::get)
                .filter(Objects::nonNull)
                .filter(role -> !role.isBuiltIn())
                .map(DefinedRole::kind)
                .collect(Collectors.toSet());
        return roles.stream().filter(role -> !replaced.contains(role)).anyMatch(role -> {
            DefinedRole known = defined.get(role);
            return known == null ? builtIn.contains(role) : definition.test(known);
        });
    }
}
