package org.stonechat.kit.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignerTest {

    private static final String FIRST = "the first secret of this installation, of 2025";
    private static final String SECOND = "the second secret of this installation, of 2026";
    private static final Purpose LINKS = new Purpose("links", EarlierKey.prefixed("rating:"));
    private static final byte[] MESSAGE = "t.10042".getBytes(StandardCharsets.UTF_8);

    private final Signer signer = with(FIRST);

    @Test
    void shouldHoldForItsMessagePurposeAndSecretAlone() {
        byte[] signature = signer.sign(LINKS, MESSAGE);

        assertThat(signer.holds(LINKS, signer.keyId(), MESSAGE, signature)).isTrue();
        assertThat(signer.holds(LINKS, signer.keyId(), new byte[] {1}, signature))
                .isFalse();
        assertThat(signer.holds(Purpose.of("addresses"), signer.keyId(), MESSAGE, signature))
                .isFalse();
        assertThat(with(SECOND).holds(LINKS, with(SECOND).keyId(), MESSAGE, signature))
                .isFalse();
    }

    @Test
    void shouldHoldForAsLongAsItsSecretIsKnown() {
        byte[] signature = signer.sign(LINKS, MESSAGE);
        Signer rotated = with(SECOND, FIRST);

        assertThat(rotated.keyId()).isNotEqualTo(signer.keyId()).matches("[0-9a-v]{4}");
        assertThat(rotated.holds(LINKS, signer.keyId(), MESSAGE, signature)).isTrue();
        assertThat(rotated.holds(LINKS, rotated.keyId(), MESSAGE, signature)).isFalse();
        assertThat(rotated.holds(LINKS, signer.keyId().substring(0, 2), MESSAGE, signature))
                .isTrue();
    }

    @Test
    void shouldHoldWhenCutButNotBelowTenBytes() {
        byte[] signature = signer.sign(LINKS, MESSAGE);

        assertThat(signer.holds(LINKS, signer.keyId(), MESSAGE, Arrays.copyOf(signature, 10)))
                .isTrue();
        assertThat(signer.holds(LINKS, signer.keyId(), MESSAGE, Arrays.copyOf(signature, 9)))
                .isFalse();
        assertThat(signer.holds(LINKS, signer.keyId(), MESSAGE, new byte[0])).isFalse();
        assertThat(signer.holds(LINKS, signer.keyId(), MESSAGE, Arrays.copyOf(signature, 33)))
                .isFalse();
    }

    @Test
    void shouldHoldForWhatWasHandedOutBeforeSignaturesHadAKeyId() {
        byte[] earlier = Hmac.of(("rating:" + FIRST).getBytes(StandardCharsets.UTF_8), MESSAGE);

        assertThat(with(SECOND, FIRST).heldEarlier(LINKS, MESSAGE, earlier)).isTrue();
        assertThat(with(SECOND).heldEarlier(LINKS, MESSAGE, earlier)).isFalse();
        assertThat(signer.heldEarlier(Purpose.of("links"), MESSAGE, earlier)).isFalse();
    }

    @Test
    void shouldNotBelieveSignaturesOfAnEarlierSecretThatOthersHave() {
        for (String others : new String[] {"for-development-only-0123456789abcdef", "too short"}) {
            byte[] earlier = Hmac.of(("rating:" + others).getBytes(StandardCharsets.UTF_8), MESSAGE);

            assertThat(with(FIRST, others).heldEarlier(LINKS, MESSAGE, earlier)).isFalse();
            assertThat(with(FIRST, others).holds(LINKS, "", MESSAGE, earlier)).isFalse();
        }
    }

    private static Signer with(String current, String... earlier) {
        return new Signer(TokenSecrets.of(current, earlier));
    }
}
