package org.stonechat.kit.secret;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WebhookSignatureTest {

    // The example of the Standard Webhooks specification's reference libraries.
    private static final byte[] SECRET = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1614265330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private final Instant now = Instant.ofEpochSecond(TIMESTAMP);

    @Test
    void shouldSignAsTheSpecificationDoes() {
        assertThat(WebhookSignature.sign(SECRET, ID, TIMESTAMP, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    void shouldHoldForAnyOfSeveralSignatures() {
        assertThat(holds(ID, "" + TIMESTAMP, SIGNATURE)).isTrue();
        assertThat(holds(ID, "" + TIMESTAMP, "v1,other v2,what " + SIGNATURE)).isTrue();
    }

    @Test
    void shouldNotHoldForAnythingElse() {
        assertThat(holds(ID, "" + TIMESTAMP, "v1,other")).isFalse();
        assertThat(holds("another", "" + TIMESTAMP, SIGNATURE)).isFalse();
        assertThat(holds(ID, "" + (TIMESTAMP + 1), SIGNATURE)).isFalse();
        assertThat(holds(ID, "soon", SIGNATURE)).isFalse();
        assertThat(holds(null, "" + TIMESTAMP, SIGNATURE)).isFalse();
        assertThat(holds(ID, null, SIGNATURE)).isFalse();
        assertThat(holds(ID, "" + TIMESTAMP, null)).isFalse();
        assertThat(holds("a blank in it", "" + TIMESTAMP, SIGNATURE)).isFalse();
    }

    @Test
    void shouldHoldForFiveMinutesBeforeAndAfter() {
        WebhookSignature signature = new WebhookSignature(ID, "" + TIMESTAMP, SIGNATURE);

        assertThat(signature.holds(SECRET, BODY, now.plusSeconds(300))).isTrue();
        assertThat(signature.holds(SECRET, BODY, now.minusSeconds(300))).isTrue();
        assertThat(signature.objection(SECRET, BODY, now.plusSeconds(301), WebhookSignature.TOLERANCE))
                .isEqualTo("The webhook-timestamp is too far from now.");
    }

    @Test
    void shouldShowAndReadSecretsAsTheSpecificationWritesThem() {
        assertThat(WebhookSignature.shown(SECRET)).isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(WebhookSignature.secretOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .isEqualTo(SECRET);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSignature.secretOf("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }

    private boolean holds(@Nullable String id, @Nullable String timestamp, @Nullable String signatures) {
        return new WebhookSignature(id, timestamp, signatures).holds(SECRET, BODY, now);
    }
}
