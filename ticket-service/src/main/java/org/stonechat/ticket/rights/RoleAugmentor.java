package org.stonechat.ticket.rights;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.security.Roles;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/// Opens the operations of its kind to whoever has a defined role.
@ApplicationScoped
class RoleAugmentor implements SecurityIdentityAugmentor {

    private static final Set<String> BUILT_IN =
            Set.of(Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.CUSTOMER, Roles.INTEGRATION);

    private final DefinedRoles roles;

    RoleAugmentor(DefinedRoles roles) {
        this.roles = roles;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.isAnonymous() || BUILT_IN.containsAll(identity.getRoles())) {
            return Uni.createFrom().item(identity);
        }
        if (roles.fresh()) {
            return Uni.createFrom().item(withKinds(identity));
        }
        return context.runBlocking(() -> withKinds(identity));
    }

    private SecurityIdentity withKinds(SecurityIdentity identity) {
        Map<String, RoleDefinition> defined = roles.all();
        Set<String> kinds = identity.getRoles().stream()
                .map(defined::get)
                .filter(definition -> definition != null)
                .map(definition -> definition.kind().role())
                .collect(Collectors.toSet());
        return kinds.isEmpty()
                ? identity
                : QuarkusSecurityIdentity.builder(identity).addRoles(kinds).build();
    }
}
