package org.stonechat.ticket.channel;

import java.security.SecureRandom;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.stonechat.kit.secret.EarlierKey;
import org.stonechat.kit.secret.Purpose;
import org.stonechat.kit.secret.SealedColumn;
import org.stonechat.kit.secret.Sealer;
import org.stonechat.kit.secret.WebhookSignature;

/// Makes channels' secrets and seals them for the database, each for its channel.
@ApplicationScoped
class ChannelSecrets {

    private static final Purpose PURPOSE =
            new Purpose("channel secrets", EarlierKey.expanded("stonechat channel secrets"));
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Sealer sealer;

    ChannelSecrets(Sealer sealer) {
        this.sealer = sealer;
    }

    @Produces
    @Singleton
    static SealedColumn column() {
        return new SealedColumn(PURPOSE, "channel", "secret");
    }

    byte[] make() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    /// As it is handed to the other side.
    static String shown(byte[] secret) {
        return WebhookSignature.shown(secret);
    }

    byte[] seal(UUID channelId, byte[] secret) {
        return sealer.seal(PURPOSE, channelId, secret);
    }

    /// @throws org.stonechat.kit.secret.SealBroken when it was sealed with a secret nobody has told us, or for another
    ///                                             channel
    byte[] open(UUID channelId, byte[] sealed) {
        return sealer.open(PURPOSE, channelId, sealed);
    }
}
