package org.stonechat.kit.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.secret.TokenSecrets.Secret;

/// Seals what the database keeps of other people's secrets: AES-256-GCM under the key of a purpose.
///
/// A sealed value is bound to its purpose and its row: copied elsewhere it does not open. It says which of the
/// installation's secrets it was sealed with, so that it opens for as long as that is known.
///
/// Its form: a byte that names the form, the key id (4 ASCII characters), the nonce (12 bytes), the
/// ciphertext with its tag.
@ApplicationScoped
public class Sealer {

    private static final byte FORM = 2;
    /// Of values that do not say what they were sealed with; mailbox passwords had not even this byte.
    private static final byte EARLIER_FORM = 1;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + Secret.ID_DIGITS;

    private final SecureRandom random = new SecureRandom();
    private final TokenSecrets secrets;

    public Sealer(TokenSecrets secrets) {
        this.secrets = secrets;
    }

    /// @param row the id of what the value belongs to
    public byte[] seal(Purpose purpose, UUID row, byte[] plain) {
        Secret secret = secrets.current();
        byte[] head = head(secret);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, secret.key(purpose), nonce, head, bound(row))
                    .doFinal(plain);
            return ByteBuffer.allocate(HEAD_BYTES + NONCE_BYTES + sealed.length)
                    .put(head)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    /// @throws SealBroken when it was sealed for something else, with a secret nobody has told us, or was changed
    public byte[] open(Purpose purpose, UUID row, byte[] sealed) {
        List<Attempt> attempts = new ArrayList<>();
        if (sealed.length > 0 && sealed[0] == FORM) {
            for (Secret secret : secrets.all()) {
                byte[] head = head(secret);
                if (startsWith(sealed, head)) {
                    attempts.add(new Attempt(secret.key(purpose), head, HEAD_BYTES));
                }
            }
        }
        // A nonce may begin with any byte: only the tag tells one form from another.
        for (Secret secret : secrets.all()) {
            secret.earlierKey(purpose).ifPresent(key -> {
                if (sealed.length > 0 && sealed[0] == EARLIER_FORM) {
                    attempts.add(new Attempt(key, new byte[0], 1));
                }
                attempts.add(new Attempt(key, new byte[0], 0));
            });
        }
        GeneralSecurityException last = null;
        for (Attempt attempt : attempts) {
            if (sealed.length < attempt.offset + NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                continue;
            }
            byte[] nonce = Arrays.copyOfRange(sealed, attempt.offset, attempt.offset + NONCE_BYTES);
            int body = attempt.offset + NONCE_BYTES;
            try {
                return cipher(Cipher.DECRYPT_MODE, attempt.key, nonce, attempt.head, bound(row))
                        .doFinal(sealed, body, sealed.length - body);
            } catch (GeneralSecurityException doesNotOpen) {
                last = doesNotOpen;
            }
        }
        throw new SealBroken(
                "what is sealed for " + row + " does not open with the secrets of this installation", last);
    }

    /// Whether it was sealed with the current secret, in the current form: nothing is left to do when secrets rotate.
    public boolean isCurrent(byte[] sealed) {
        return startsWith(sealed, head(secrets.current()));
    }

    /// Where a value is read from, and with what.
    private record Attempt(byte[] key, byte[] head, int offset) {}

    private static byte[] head(Secret secret) {
        return ByteBuffer.allocate(HEAD_BYTES)
                .put(FORM)
                .put(secret.id().getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static boolean startsWith(byte[] sealed, byte[] head) {
        return sealed.length > head.length && Arrays.equals(sealed, 0, head.length, head, 0, head.length);
    }

    private static byte[] bound(UUID row) {
        return row.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] head, byte[] bound)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        cipher.updateAAD(bound);
        return cipher;
    }
}
