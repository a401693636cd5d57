package org.stonechat.notification.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PasswordSealTest {

    private final UUID mailbox = UUID.randomUUID();
    private final PasswordSeal seal = new PasswordSeal("a secret");

    @Test
    void shouldOpenWhatItSealed() {
        byte[] sealed = seal.seal(mailbox, "wörd");

        assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("wörd");
        assertThat(seal.open(mailbox, sealed)).isEqualTo("wörd");
        assertThat(seal.seal(mailbox, "wörd")).isNotEqualTo(sealed);
    }

    @Test
    void shouldOpenNothingForAnotherMailboxOrSecret() {
        byte[] sealed = seal.seal(mailbox, "word");

        assertThatThrownBy(() -> seal.open(UUID.randomUUID(), sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new PasswordSeal("another").open(mailbox, sealed))
                .isInstanceOf(IllegalStateException.class);
    }
}
