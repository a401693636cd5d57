package org.stonechat.kit.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
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
    private VerifiedTokens tokens = new VerifiedTokens(verifier, () -> now, Duration.ofMinutes(10));

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
    void shouldReadATokenAgainAfterAWhile() {
        tokens = new VerifiedTokens(verifier, () -> now, Duration.ZERO);

        authenticate("good");
        authenticate("good");

        assertThat(verifier.read).containsExactly("good", "good");
    }

    @Test
    void shouldHoldNothingOfTheRequest() {
        authenticate("good");

        assertThat(authenticate("good").getAttributes()).isEmpty();
    }

    private SecurityIdentity authenticate(String token) {
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
