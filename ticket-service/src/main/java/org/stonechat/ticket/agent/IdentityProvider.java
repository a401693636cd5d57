package org.stonechat.ticket.agent;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// Where people, their roles and their departments are kept. Keycloak in production, a fake in tests.
public interface IdentityProvider {

    /// Everybody who has at least one of the roles.
    ///
    /// @throws Unavailable when it cannot be reached; nothing is known then
    List<Person> people(Set<String> roles);

    /// Everybody whose account is disabled, customers too. It is asked every few seconds, so it must cost little.
    ///
    /// @throws Unavailable when it cannot be reached; nothing is known then
    Set<UUID> disabled();

    /// Finds or creates the group whose members work for the department. Repeating it does no harm.
    ///
    /// @throws Unavailable when it cannot be reached: worth another attempt
    /// @throws Refused     when this service may not create groups: another attempt does not help
    void ensureGroup(UUID departmentId, String name);

    /// Somebody who works here.
    ///
    /// @param id          the subject of the person's tokens
    /// @param departments ids of departments, or `*` alone for all of them
    /// @param userName    what the person signs in with
    record Person(
            UUID id,
            String displayName,
            @Nullable String mail,
            @Nullable String locale,
            @Nullable String zone,
            Set<String> roles,
            Set<String> departments,
            boolean enabled,
            @Nullable String userName) {}

    /// The identity provider is away or answered with an error of its own.
    class Unavailable extends RuntimeException {
        public Unavailable(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /// The identity provider said no.
    class Refused extends RuntimeException {
        public Refused(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
