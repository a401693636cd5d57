package org.stonechat.ticket.channel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Makes channels' secrets and seals them for the database: AES-256-GCM, the key derived (HKDF, RFC 5869)
/// from the installation's secret. A sealed value is bound to its channel: copied to another row it does not
/// open.
@ApplicationScoped
class ChannelSecrets {

    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    ChannelSecrets(@ConfigProperty(name = "stonechat.token-secret") String secret) {
        try {
            key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                                    .thenExpand("stonechat channel secrets".getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("no key could be derived for channels' secrets", failure);
        }
    }

    byte[] make() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    /// As it is handed to the other side.
    static String shown(byte[] secret) {
        return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }

    byte[] seal(UUID channelId, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, channelId, nonce, secret);
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(FORMAT)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /// @throws IllegalStateException when it was sealed with another installation's secret, or for another
    ///                               channel
    byte[] open(UUID channelId, byte[] sealed) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        if (sealed.length <= 1 + NONCE_BYTES || buffer.get() != FORMAT) {
            throw new IllegalStateException("the stored secret of channel " + channelId + " has an unknown form");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] body = new byte[buffer.remaining()];
        buffer.get(body);
        return crypt(Cipher.DECRYPT_MODE, channelId, nonce, body);
    }

    private byte[] crypt(int mode, UUID channelId, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(channelId.toString().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("the secret of channel " + channelId + " cannot be opened", failure);
        }
    }
}
