package org.stonechat.kit.secret;

import java.nio.charset.StandardCharsets;

/// How a purpose made its key before all did it alike. Only reads: nothing is made with such a key any more.
@FunctionalInterface
public interface EarlierKey {

    byte[] of(byte[] secret);

    /// By HKDF with a label of the purpose's own.
    static EarlierKey expanded(String label) {
        return secret -> Hkdf.derive(secret, label, TokenSecrets.KEY_BYTES);
    }

    /// By HMAC-SHA256 over a label.
    static EarlierKey hmacOf(String label) {
        return secret -> Hmac.of(secret, label.getBytes(StandardCharsets.UTF_8));
    }

    /// The secret itself, behind a prefix that may be empty.
    static EarlierKey prefixed(String prefix) {
        return secret -> {
            byte[] before = prefix.getBytes(StandardCharsets.UTF_8);
            byte[] key = new byte[before.length + secret.length];
            System.arraycopy(before, 0, key, 0, before.length);
            System.arraycopy(secret, 0, key, before.length, secret.length);
            return key;
        };
    }
}
