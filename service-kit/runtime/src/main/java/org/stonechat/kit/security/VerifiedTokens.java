package org.stonechat.kit.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.quarkus.oidc.runtime.OidcIdentityProvider;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/// An access token that was found good is known again for some seconds, by every byte of it; reading it and its
/// signature costs more than most requests otherwise do. It is never known longer than it is valid, and what was
/// refused is looked at each time. A key that the identity provider withdraws is trusted these seconds longer.
@ApplicationScoped
public class VerifiedTokens implements IdentityProvider<TokenAuthenticationRequest> {

    /// Some 10 MB at most; more callers than that within these seconds are read anew.
    private static final int MOST = 2_000;

    private final IdentityProvider<TokenAuthenticationRequest> verifier;
    private final InstantSource clock;
    private final Cache<String, SecurityIdentity> verified;

    @Inject
    VerifiedTokens(
            OidcIdentityProvider verifier,
            InstantSource clock,
            @ConfigProperty(name = "stonechat.security.remember-token", defaultValue = "10S") Duration remember,
            MeterRegistry metrics) {
        this(verifier, clock, remember);
        CaffeineCacheMetrics.monitor(metrics, verified, "verified-tokens");
    }

    VerifiedTokens(IdentityProvider<TokenAuthenticationRequest> verifier, InstantSource clock, Duration remember) {
        this.verifier = verifier;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(remember)
                .recordStats()
                .build();
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /// Before the verifier, which is a provider of its own and would be asked first otherwise.
    @Override
    public int priority() {
        return verifier.priority() + 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        String token = request.getToken().getToken();
        SecurityIdentity known = verified.getIfPresent(token);
        if (known != null && isValid(known)) {
            return Uni.createFrom().item(known);
        }
        return verifier.authenticate(request, context)
                .onItem()
                .ifNotNull()
                .transform(VerifiedTokens::withoutItsRequest)
                .onItem()
                .ifNotNull()
                .invoke(identity -> verified.put(token, identity));
    }

    private boolean isValid(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token
                && clock.instant().isBefore(Instant.ofEpochSecond(token.getExpirationTime()));
    }

    /// What the token says, but nothing of the one request it came with. Permissions are left out: rights follow
    /// from roles and departments alone.
    private static SecurityIdentity withoutItsRequest(SecurityIdentity identity) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles())
                .addCredentials(identity.getCredentials())
                .build();
    }
}
