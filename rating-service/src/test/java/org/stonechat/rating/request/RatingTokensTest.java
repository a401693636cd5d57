package org.stonechat.rating.request;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RatingTokensTest {

    private static final String SECRET = "a-secret-that-only-this-test-knows";
    private static final UUID RATING = UUID.fromString("0197a000-0000-7000-8000-00000000aa01");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final String token = at(NOW).issue(RATING, NOW.plus(Duration.ofSeconds(2)));

    @Test
    void shouldKnowItsRatingUntilItExpires() {
        assertThat(at(NOW).verify(token)).contains(RATING);
        assertThat(at(NOW.plusSeconds(2)).verify(token)).contains(RATING);
        assertThat(at(NOW.plusSeconds(3)).verify(token)).isEmpty();
    }

    @Test
    void shouldRefuseATokenWithAnyByteChanged() {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        for (int changed = 0; changed < bytes.length; changed++) {
            byte[] forged = bytes.clone();
            forged[changed] ^= 1;
            assertThat(at(NOW).verify(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
                    .as("byte %s", changed)
                    .isEmpty();
        }
    }

    @Test
    void shouldRefuseWhatIsNoToken() {
        assertThat(at(NOW).verify("")).isEmpty();
        assertThat(at(NOW).verify("not base64!")).isEmpty();
        assertThat(at(NOW).verify(token.substring(4))).isEmpty();
        assertThat(new RatingTokens("another secret", () -> NOW).verify(token)).isEmpty();
    }

    private static RatingTokens at(Instant now) {
        return new RatingTokens(SECRET, () -> now);
    }
}
