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
import com.github.benmanes.caffeine.cache.Ticker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.common.runtime.OidcConstants;
import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.oidc.runtime.OidcIdentityProvider;
import io.quarkus.oidc.runtime.OidcTenantConfig;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/// An access token that was found good is known again for some seconds, by every byte of it; reading it and its
/// signature costs more than most requests otherwise do. It is never known longer than it is valid, and what was
/// refused is looked at each time. A key that the identity provider withdraws is trusted these seconds longer.
///
/// Only the token is known again, so nothing is remembered where more than the token has to be right: a client's
/// certificate, a proof of possession (RFC 9449), the token's age. There is one tenant, and no operation asks for a
/// stronger sign-in of its own.
@ApplicationScoped
public class VerifiedTokens implements IdentityProvider<TokenAuthenticationRequest> {

    /// Some 2,000 callers with tokens of Keycloak's usual size; those beyond are read anew.
    private static final int MOST_CHARACTERS = 4_000_000;

    private final IdentityProvider<TokenAuthenticationRequest> verifier;
    private final InstantSource clock;
    private final Cache<String, SecurityIdentity> verified;

    @Inject
    VerifiedTokens(
            OidcIdentityProvider verifier,
            OidcConfig oidc,
            InstantSource clock,
            @ConfigProperty(name = "stonechat.security.remember-token", defaultValue = "10S") Duration remember,
            MeterRegistry metrics) {
        this(
                verifier,
                clock,
                isTokenAlone(OidcConfig.getDefaultTenant(oidc)) ? remember : Duration.ZERO,
                Ticker.systemTicker());
        CaffeineCacheMetrics.monitor(metrics, verified, "verified-tokens");
    }

    VerifiedTokens(
            IdentityProvider<TokenAuthenticationRequest> verifier,
            InstantSource clock,
            Duration remember,
            Ticker ticker) {
        this.verifier = verifier;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .ticker(ticker)
                .maximumWeight(MOST_CHARACTERS)
                .weigher((String token, SecurityIdentity identity) -> token.length())
                .expireAfterWrite(remember)
                .recordStats()
                .build();
    }

    /// Whether a request is the one the token was made for as soon as it carries the token.
    static boolean isTokenAlone(OidcTenantConfig tenant) {
        return !tenant.token().binding().certificate()
                && tenant.token().age().isEmpty()
                && tenant.token().authorizationScheme().equalsIgnoreCase(OidcConstants.BEARER_SCHEME);
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /// Before the verifier, which is a provider of its own and might be asked first otherwise.
    @Override
    public int priority() {
        return verifier.priority() + 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        if (!(request.getToken() instanceof AccessTokenCredential)) {
            return verifier.authenticate(request, context);
        }
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
                .invoke(identity -> remember(token, identity));
    }

    private void remember(String token, SecurityIdentity identity) {
        if (isValid(identity)) {
            verified.put(token, identity);
        }
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
