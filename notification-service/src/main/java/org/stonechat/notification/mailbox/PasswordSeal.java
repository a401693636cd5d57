package org.stonechat.notification.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.stonechat.kit.secret.EarlierKey;
import org.stonechat.kit.secret.Purpose;
import org.stonechat.kit.secret.SealedColumn;
import org.stonechat.kit.secret.Sealer;

/// Mailbox passwords as they stand in the database, each sealed for its mailbox.
@ApplicationScoped
class PasswordSeal {

    private static final Purpose PURPOSE = new Purpose("mailbox passwords", EarlierKey.hmacOf("mailbox-password"));

    private final Sealer sealer;

    PasswordSeal(Sealer sealer) {
        this.sealer = sealer;
    }

    @Produces
    @Singleton
    static SealedColumn column() {
        return new SealedColumn(PURPOSE, "mailbox", "sealed_password");
    }

    byte[] seal(UUID mailboxId, String password) {
        return sealer.seal(PURPOSE, mailboxId, password.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws org.stonechat.kit.secret.SealBroken when it was sealed with a secret nobody has told us, or for another
    ///                                             mailbox
    String open(UUID mailboxId, byte[] sealed) {
        return new String(sealer.open(PURPOSE, mailboxId, sealed), StandardCharsets.UTF_8);
    }
}
