package org.stonechat.kit.security;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.problem.ProblemException;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;

/// The person or client whose access token came with the request.
///
/// Everything here fails closed: a token without a `departments` claim sees no department.
@RequestScoped
public class CurrentUser {

    private static final String ALL = "*";

    private final CurrentIdentityAssociation identity;
    private @Nullable Set<String> departmentClaim;

    CurrentUser(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    public boolean isAnonymous() {
        return identity.getIdentity().isAnonymous();
    }

    /// The token's subject: the Keycloak id of the person, or of a client's service account.
    public UUID id() {
        return UUID.fromString(token().getSubject());
    }

    /// The name to show: `name`, else the user name.
    public String name() {
        Object name = token().getClaim("name");
        return name == null ? token().getName() : name.toString();
    }

    /// Lower-cased mail address of the token, or null.
    public @Nullable String email() {
        Object email = token().getClaim("email");
        return email == null ? null : email.toString().toLowerCase(java.util.Locale.ROOT);
    }

    public boolean emailVerified() {
        Object verified = token().getClaim("email_verified");
        return verified != null && Boolean.parseBoolean(verified.toString());
    }

    public Set<String> roles() {
        return identity.getIdentity().getRoles();
    }

    public boolean hasRole(String role) {
        return roles().contains(role);
    }

    /// True for those whose `departments` claim is `*`.
    public boolean allDepartments() {
        return departmentClaim().contains(ALL);
    }

    /// The departments of the token; empty when it names none, and also when it says `*`.
    public Set<UUID> departments() {
        Set<UUID> departments = new HashSet<>();
        for (String department : departmentClaim()) {
            if (!department.equals(ALL)) {
                departments.add(UUID.fromString(department));
            }
        }
        return departments;
    }

    public boolean inDepartment(UUID department) {
        return allDepartments() || departmentClaim().contains(department.toString());
    }

    /// @throws ProblemException 404: another department's things do not exist for the caller
    public void requireDepartment(UUID department, String what) {
        if (!inDepartment(department)) {
            throw ProblemException.notFound(what);
        }
    }

    /// Whether closed teams of the caller's departments are open to them though they are not in them.
    public boolean seesClosedTeams() {
        return roles().stream().anyMatch(Roles.SEE_CLOSED_TEAMS::contains);
    }

    /// For what concerns every department there is or will be.
    ///
    /// @throws ProblemException 403 for whoever has some departments only
    public void requireAllDepartments() {
        if (!allDepartments()) {
            throw ProblemException.forbidden(
                    "It concerns all departments, and you have some of them. Ask an admin of all departments.");
        }
    }

    /// The caller as the actor of what they change.
    public Actor actor() {
        if (isAnonymous()) {
            return Actor.SYSTEM;
        }
        if (hasRole(Roles.CUSTOMER)) {
            return new Actor(Actor.Kind.CUSTOMER, id().toString(), null);
        }
        return new Actor(Actor.Kind.AGENT, id().toString(), name());
    }

    private JsonWebToken token() {
        SecurityIdentity current = identity.getIdentity();
        if (current.getPrincipal() instanceof JsonWebToken token) {
            return token;
        }
        throw new io.quarkus.security.UnauthorizedException();
    }

    private Set<String> departmentClaim() {
        Set<String> known = departmentClaim;
        if (known == null) {
            known = new HashSet<>();
            if (!isAnonymous()) {
                collect(token().getClaim("departments"), known);
            }
            departmentClaim = known;
        }
        return known;
    }

    private static void collect(@Nullable Object claim, Set<String> into) {
        switch (claim) {
            case null -> {}
            case JsonArray array -> array.forEach(value -> collect(value, into));
            case JsonString string -> into.add(string.getString());
            case Iterable<?> values -> values.forEach(value -> collect(value, into));
            case JsonValue other -> {}
            default -> into.add(claim.toString());
        }
    }
}
