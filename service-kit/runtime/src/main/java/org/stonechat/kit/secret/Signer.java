package org.stonechat.kit.secret;

import java.security.MessageDigest;
import java.util.Arrays;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.secret.TokenSecrets.Secret;

/// Signs what is handed out and comes back, links and addresses: HMAC-SHA256 under the key of a purpose.
///
/// What is handed out carries [#keyId] beside the signature, or as many of its first characters as there is room
/// for, so that it can be told with which secret to check it. Where there is little room, a signature may be cut
/// to its first bytes, not below 10.
@ApplicationScoped
public class Signer {

    private static final int LEAST_BYTES = 10;

    private final TokenSecrets secrets;

    public Signer(TokenSecrets secrets) {
        this.secrets = secrets;
    }

    /// Names the secret that signs now: four lower-case letters and digits.
    public String keyId() {
        return secrets.current().id();
    }

    /// 32 bytes.
    public byte[] sign(Purpose purpose, byte[] message) {
        return Hmac.of(secrets.current().key(purpose), message);
    }

    /// Whether this installation signed the message for this purpose.
    ///
    /// @param keyId as it was handed out, or the beginning of it
    public boolean holds(Purpose purpose, String keyId, byte[] message, byte[] signature) {
        boolean held = false;
        for (Secret secret : secrets.verifying()) {
            if (secret.id().startsWith(keyId)) {
                held |= fits(secret.key(purpose), message, signature);
            }
        }
        return held;
    }

    /// The same for what was handed out before signatures came with a key id.
    public boolean heldEarlier(Purpose purpose, byte[] message, byte[] signature) {
        boolean held = false;
        for (Secret secret : secrets.verifying()) {
            held |= secret.earlierKey(purpose)
                    .map(key -> fits(key, message, signature))
                    .orElse(false);
        }
        return held;
    }

    private static boolean fits(byte[] key, byte[] message, byte[] signature) {
        byte[] whole = Hmac.of(key, message);
        return signature.length >= LEAST_BYTES
                && signature.length <= whole.length
                && MessageDigest.isEqual(Arrays.copyOf(whole, signature.length), signature);
    }
}
