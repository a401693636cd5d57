package org.stonechat.kit.secret;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SealerTest {

    private static final String FIRST = "the first secret of this installation, of 2025";
    private static final String SECOND = "the second secret of this installation, of 2026";
    private static final Purpose PASSWORDS = Purpose.of("passwords");
    private static final UUID ROW = UUID.fromString("0197a000-0000-7000-8000-00000000aa01");
    private static final byte[] PLAIN = "wörd".getBytes(StandardCharsets.UTF_8);

    private final Sealer sealer = with(FIRST);

    @Test
    void shouldOpenWhatItSealedAndNeverSealTheSameWayTwice() {
        byte[] sealed = sealer.seal(PASSWORDS, ROW, PLAIN);

        assertThat(sealer.open(PASSWORDS, ROW, sealed)).isEqualTo(PLAIN);
        assertThat(sealer.seal(PASSWORDS, ROW, PLAIN)).isNotEqualTo(sealed);
        assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("wörd");
    }

    @Test
    void shouldOpenNothingForAnotherRowPurposeOrSecret() {
        byte[] sealed = sealer.seal(PASSWORDS, ROW, PLAIN);

        assertBroken(sealer, PASSWORDS, new UUID(1, 1), sealed);
        assertBroken(sealer, Purpose.of("credentials"), ROW, sealed);
        assertBroken(with(SECOND), PASSWORDS, ROW, sealed);
    }

    @Test
    void shouldOpenNothingThatWasChangedAnywhere() {
        byte[] sealed = sealer.seal(PASSWORDS, ROW, PLAIN);
        for (int changed = 0; changed < sealed.length; changed++) {
            byte[] tampered = sealed.clone();
            tampered[changed] ^= 1;
            assertBroken(sealer, PASSWORDS, ROW, tampered);
        }
        assertBroken(sealer, PASSWORDS, ROW, new byte[0]);
        assertBroken(sealer, PASSWORDS, ROW, new byte[] {2});
    }

    @Test
    void shouldKeepOldValuesReadableWhenSecretsRotate() {
        byte[] old = sealer.seal(PASSWORDS, ROW, PLAIN);
        Sealer rotated = with(SECOND, FIRST);

        byte[] anew = rotated.seal(PASSWORDS, ROW, rotated.open(PASSWORDS, ROW, old));

        assertThat(rotated.isCurrent(old)).isFalse();
        assertThat(rotated.isCurrent(anew)).isTrue();
        assertThat(with(SECOND).open(PASSWORDS, ROW, anew)).isEqualTo(PLAIN);
    }

    @Test
    void shouldOpenWhatWasSealedBeforeValuesSaidWithWhichSecret() {
        // Sealed by the release before, with the secret "a secret that only this test knows".
        Purpose channels = new Purpose("channels", EarlierKey.expanded("stonechat channel secrets"));
        Purpose mailboxes = new Purpose("mailboxes", EarlierKey.hmacOf("mailbox-password"));
        Sealer later = with(SECOND, "a secret that only this test knows");

        assertThat(later.open(channels, ROW, HexFormat.of().parseHex(CHANNEL))).isEqualTo(PLAIN);
        assertThat(later.open(mailboxes, ROW, HexFormat.of().parseHex(MAILBOX))).isEqualTo(PLAIN);
        assertBroken(later, PASSWORDS, ROW, HexFormat.of().parseHex(CHANNEL));
    }

    private static final String CHANNEL = "0102a29896ed89074838ad90a9308f959802ec849ede4034e6e2bd917bbc9b7b1be6";
    private static final String MAILBOX = "02a29896ed89074838ad90a9a1ecba335b176fad0c92ff4be9d60f5ba6ea997e8b";

    @Test
    void shouldRefuseASecretThatIsTooShortOrMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TokenSecrets.of("0123456789abcdef0123456789abcde"))
                .withMessageContaining("stonechat.token-secret is too short");
        assertThatIllegalStateException()
                .isThrownBy(() -> new TokenSecrets(Optional.empty(), Optional.empty()).current())
                .withMessageContaining("Set stonechat.token-secret");
    }

    @Test
    void shouldNotMindASecretThatIsToldTwice() {
        byte[] sealed = sealer.seal(PASSWORDS, ROW, PLAIN);

        assertThat(with(FIRST, FIRST, SECOND).open(PASSWORDS, ROW, sealed)).isEqualTo(PLAIN);
    }

    @Test
    void shouldTakeAnEarlierSecretOfAnyLength() {
        Purpose mailboxes = new Purpose("mailboxes", EarlierKey.hmacOf("mailbox-password"));

        assertBroken(with(FIRST, "short"), mailboxes, ROW, HexFormat.of().parseHex(MAILBOX));
    }

    private static Sealer with(String current, String... earlier) {
        return new Sealer(TokenSecrets.of(current, earlier));
    }

    private static void assertBroken(Sealer sealer, Purpose purpose, UUID row, byte[] sealed) {
        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> sealer.open(purpose, row, sealed));
    }
}
