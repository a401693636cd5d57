package org.stonechat.ticket.bulk;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.CurrentUser;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/// Who asked for a job, as the job remembers it: with these roles and departments every ticket is changed, as
/// it would be one by one.
record Caller(UUID id, String name, List<String> roles, List<String> departments) {

    static Caller of(CurrentUser user) {
        return new Caller(
                user.id(),
                user.name(),
                List.copyOf(new TreeSet<>(user.roles())),
                user.allDepartments()
                        ? List.of("*")
                        : user.departments().stream()
                                .map(UUID::toString)
                                .sorted()
                                .toList());
    }

    SecurityIdentity identity() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new Token(this))
                .addRoles(Set.copyOf(roles))
                .build();
    }

    /// The claims the rules of this service ask for.
    private record Token(Caller caller) implements JsonWebToken, Principal {

        @Override
        public String getName() {
            return caller.name();
        }

        @Override
        public Set<String> getClaimNames() {
            return claims().keySet();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> @Nullable T getClaim(String claim) {
            return (T) claims().get(claim);
        }

        private Map<String, Object> claims() {
            return Map.of(
                    "sub", caller.id().toString(),
                    "name", caller.name(),
                    "departments", caller.departments());
        }
    }
}
