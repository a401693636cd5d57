package org.stonechat.kit.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.oidc.runtime.builders.TokenConfigBuilder;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerifiedTokensTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Verifier verifier = new Verifier();
    private Instant now = NOON;
    private final VerifiedTokens tokens = remembering(Duration.ofMinutes(10));

    @Test
    void shouldReadATokenOnce() {
        SecurityIdentity first = authenticate("good");
        SecurityIdentity second = authenticate("good");

        assertThat(verifier.read).containsExactly("good");
        assertThat(second.getRoles()).isEqualTo(first.getRoles()).containsExactly("agent");
        assertThat(((JsonWebToken) second.getPrincipal()).getSubject()).isEqualTo("subject of good");
        assertThat(second.getCredential(AccessTokenCredential.class).getToken()).isEqualTo("good");
    }

    @Test
    void shouldReadEachTokenForItself() {
        authenticate("good");
        authenticate("good too");

        assertThat(verifier.read).containsExactly("good", "good too");
    }

    @Test
    void shouldNotKnowATokenThatIsNoLongerValid() {
        authenticate("good");

        now = NOON.plus(Verifier.VALID);

        assertThatThrownBy(() -> authenticate("good")).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void shouldKnowATokenAsLongAsItIsValid() {
        authenticate("good");

        now = NOON.plus(Verifier.VALID).minusSeconds(1);
        authenticate("good");

        assertThat(verifier.read).containsExactly("good");
    }

    @Test
    void shouldLookAtWhatWasRefusedEachTime() {
        assertThatThrownBy(() -> authenticate("bad")).isInstanceOf(AuthenticationFailedException.class);
        assertThatThrownBy(() -> authenticate("bad")).isInstanceOf(AuthenticationFailedException.class);

        assertThat(verifier.read).containsExactly("bad", "bad");
    }

    @Test
    void shouldReadATokenAgainAfterAWhileHoweverOftenItComes() {
        VerifiedTokens tenSeconds = remembering(Duration.ofSeconds(10));
        for (int second : List.of(0, 6, 9)) {
            now = NOON.plusSeconds(second);
            authenticate(tenSeconds, "good");
        }
        assertThat(verifier.read).containsExactly("good");

        now = NOON.plusSeconds(11);
        authenticate(tenSeconds, "good");

        assertThat(verifier.read).containsExactly("good", "good");
    }

    @Test
    void shouldReadEachTimeWhatIsToBeRememberedForNoTime() {
        VerifiedTokens forgetful = remembering(Duration.ZERO);

        authenticate(forgetful, "good");
        authenticate(forgetful, "good");

        assertThat(verifier.read).containsExactly("good", "good");
    }

    @Test
    void shouldRememberNothingWhereMoreThanTheTokenHasToBeRight() {
        assertThat(VerifiedTokens.isTokenAlone(tenant(token -> {}))).isTrue();
        assertThat(VerifiedTokens.isTokenAlone(
                        tenant(token -> token.binding().certificate(true).end())))
                .isFalse();
        assertThat(VerifiedTokens.isTokenAlone(tenant(token -> token.age(Duration.ofMinutes(1)))))
                .isFalse();
        assertThat(VerifiedTokens.isTokenAlone(tenant(token -> token.authorizationScheme("DPoP"))))
                .isFalse();
    }

    private static OidcTenantConfig tenant(Consumer<TokenConfigBuilder> token) {
        TokenConfigBuilder builder = new TokenConfigBuilder();
        token.accept(builder);
        return OidcTenantConfig.builder().token(builder.build()).build();
    }

    @Test
    void shouldBeAskedBeforeTheVerifier() {
        assertThat(tokens.priority()).isGreaterThan(verifier.priority());
    }

    @Test
    void shouldHoldNothingOfTheRequest() {
        authenticate("good");

        assertThat(authenticate("good").getAttributes()).isEmpty();
    }

    private VerifiedTokens remembering(Duration time) {
        return new VerifiedTokens(
                verifier, () -> now, time, () -> Duration.between(NOON, now).toNanos());
    }

    private SecurityIdentity authenticate(String token) {
        return authenticate(tokens, token);
    }

    private static SecurityIdentity authenticate(VerifiedTokens tokens, String token) {
        var request = new TokenAuthenticationRequest(new AccessTokenCredential(token));
        return tokens.authenticate(request, blocking -> Uni.createFrom().item(blocking))
                .await()
                .indefinitely();
    }

    /// Finds tokens good that begin so, until their time is over.
    private final class Verifier implements IdentityProvider<TokenAuthenticationRequest> {

        static final Duration VALID = Duration.ofMinutes(5);

        private final List<String> read = new ArrayList<>();

        @Override
        public Class<TokenAuthenticationRequest> getRequestType() {
            return TokenAuthenticationRequest.class;
        }

        @Override
        public Uni<SecurityIdentity> authenticate(
                TokenAuthenticationRequest request, AuthenticationRequestContext context) {
            String token = request.getToken().getToken();
            read.add(token);
            Instant end = NOON.plus(VALID);
            if (!token.startsWith("good") || !now.isBefore(end)) {
                return Uni.createFrom().failure(new AuthenticationFailedException());
            }
            JwtClaims claims = new JwtClaims();
            claims.setSubject("subject of " + token);
            claims.setExpirationTime(NumericDate.fromSeconds(end.getEpochSecond()));
            return Uni.createFrom()
                    .item(QuarkusSecurityIdentity.builder()
                            .setPrincipal(new OidcJwtCallerPrincipal(claims, request.getToken()))
                            .addCredential(request.getToken())
                            .addRole("agent")
                            .addAttributes(Map.of("request", new Object()))
                            .build());
        }
    }
}
