package org.stonechat.review.connection;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.review.connector.PlatformCredentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CredentialVaultTest {

    private static final UUID CONNECTION = UUID.randomUUID();
    private static final PlatformCredentials CREDENTIALS =
            new PlatformCredentials(Map.of("clientId", "client", "clientSecret", "very-secret"));

    private final CredentialVault vault = new CredentialVault("the installation's secret");

    @Test
    void shouldOpenWhatItSealed() {
        byte[] sealed = vault.seal(CONNECTION, CREDENTIALS);

        assertThat(vault.open(CONNECTION, sealed)).isEqualTo(CREDENTIALS);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                .doesNotContain("very-secret")
                .doesNotContain("client");
    }

    @Test
    void shouldNeverSealTheSameWayTwice() {
        assertThat(vault.seal(CONNECTION, CREDENTIALS)).isNotEqualTo(vault.seal(CONNECTION, CREDENTIALS));
    }

    @Test
    void shouldNotOpenForAnotherConnectionOrSecretOrAfterTampering() {
        byte[] sealed = vault.seal(CONNECTION, CREDENTIALS);
        byte[] tampered = sealed.clone();
        tampered[tampered.length - 1] ^= 1;

        assertThatIllegalStateException().isThrownBy(() -> vault.open(UUID.randomUUID(), sealed));
        assertThatIllegalStateException().isThrownBy(() -> vault.open(CONNECTION, tampered));
        assertThatIllegalStateException().isThrownBy(() -> new CredentialVault("other").open(CONNECTION, sealed));
    }
}
