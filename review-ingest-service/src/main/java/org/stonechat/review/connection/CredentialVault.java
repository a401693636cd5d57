package org.stonechat.review.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.stonechat.kit.event.EventJson;
import org.stonechat.review.connector.PlatformCredentials;

/// Seals credentials for the database: AES-256-GCM, the key derived (HKDF, RFC 5869) from the installation's
/// secret.
///
/// A sealed value is bound to its connection: copied to another row it does not open. Changing the
/// installation's secret makes the stored credentials unreadable, and they have to be entered again.
@ApplicationScoped
class CredentialVault {

    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    CredentialVault(@ConfigProperty(name = "stonechat.token-secret") String secret) {
        try {
            key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                                    .thenExpand(
                                            "stonechat review-connection credentials".getBytes(StandardCharsets.UTF_8),
                                            32));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("no key could be derived for credentials", failure);
        }
    }

    byte[] seal(UUID connectionId, PlatformCredentials credentials) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = EventJson.write(credentials).getBytes(StandardCharsets.UTF_8);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, connectionId, nonce, plain);
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(FORMAT)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /// @throws IllegalStateException when they were sealed with another secret, or for another connection
    PlatformCredentials open(UUID connectionId, byte[] sealed) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        if (sealed.length <= 1 + NONCE_BYTES || buffer.get() != FORMAT) {
            throw new IllegalStateException("the stored credentials of " + connectionId + " have an unknown form");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] body = new byte[buffer.remaining()];
        buffer.get(body);
        byte[] plain = crypt(Cipher.DECRYPT_MODE, connectionId, nonce, body);
        try {
            return EventJson.MAPPER.readValue(plain, PlatformCredentials.class);
        } catch (java.io.IOException failure) {
            throw new IllegalStateException("the stored credentials of " + connectionId + " are not readable", failure);
        }
    }

    private byte[] crypt(int mode, UUID connectionId, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(connectionId.toString().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("the credentials of " + connectionId + " cannot be opened", failure);
        }
    }
}
