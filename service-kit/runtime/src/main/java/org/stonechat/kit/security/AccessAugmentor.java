package org.stonechat.kit.security;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/// Holds every caller, also those whose token is known already, against what the directory says: who does not work
/// here any more is refused however long the token is valid, and whoever has a defined role gets the operations of its
/// kind.
@ApplicationScoped
class AccessAugmentor implements SecurityIdentityAugmentor {

    private static final Set<String> CUSTOMER_ALONE = Set.of(Roles.CUSTOMER);

    private final KnownAccess access;

    AccessAugmentor(KnownAccess access) {
        this.access = access;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.isAnonymous()) {
            return Uni.createFrom().item(identity);
        }
        AccessTable.Content known = access.ifFresh();
        return known == null
                ? context.runBlocking(() -> admitted(identity, access.content()))
                : Uni.createFrom().item(() -> admitted(identity, known));
    }

    private static SecurityIdentity admitted(SecurityIdentity identity, AccessTable.Content known) {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            refuseDisabled(UUID.fromString(token.getSubject()), identity.getRoles(), known);
        }
        Set<String> kinds = identity.getRoles().stream()
                .map(known.roles()::get)
                .filter(Objects::nonNull)
                .map(DefinedRole::kind)
                .collect(Collectors.toSet());
        return identity.getRoles().containsAll(kinds)
                ? identity
                : QuarkusSecurityIdentity.builder(identity).addRoles(kinds).build();
    }

    private static void refuseDisabled(UUID person, Set<String> roles, AccessTable.Content known) {
        boolean customer = roles.equals(CUSTOMER_ALONE);
        if (customer ? known.isDisabledCustomer(person) : known.isDismissed(person)) {
            throw new AccountDisabled(person, customer);
        }
    }
}
