package org.stonechat.review.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/// The headers of a webhook as the Standard Webhooks specification has them (1.0.0, "Verifying webhook
/// authenticity").
///
/// @param signature one or several, parted by spaces, each `v1,` and base64 of HMAC-SHA256 over
///                  `id.timestamp.body`
record WebhookSignature(
        @Nullable String id,
        @Nullable String timestamp,
        @Nullable String signature) {

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final int LONGEST_ID = 200;

    /// Why the body is not to be believed, or null when it is.
    ///
    /// @param secret `whsec_` and base64
    @Nullable
    String objection(String secret, byte[] body, Instant now, Duration tolerance) {
        String early = earlyObjection(now, tolerance);
        if (early != null || id == null || timestamp == null || signature == null) {
            return early;
        }
        byte[] expected = sign(secret, id, timestamp, body);
        for (String candidate : signature.split(" ", -1)) {
            if (candidate.startsWith(VERSION) && MessageDigest.isEqual(expected, decoded(candidate))) {
                return null;
            }
        }
        return "No webhook-signature fits.";
    }

    /// What the headers tell before the body is read: why it will not be believed whatever it is, or null.
    @Nullable
    String earlyObjection(Instant now, Duration tolerance) {
        if (id == null || id.isBlank() || id.length() > LONGEST_ID || timestamp == null || signature == null) {
            return "The headers webhook-id, webhook-timestamp and webhook-signature are needed.";
        }
        Instant signedAt;
        try {
            signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
        } catch (NumberFormatException | DateTimeException malformed) {
            return "The webhook-timestamp is no number of seconds.";
        }
        if (Duration.between(signedAt, now).abs().compareTo(tolerance) > 0) {
            return "The webhook-timestamp is too far from now.";
        }
        return null;
    }

    private static byte[] decoded(String candidate) {
        try {
            return Base64.getDecoder().decode(candidate.substring(VERSION.length()));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    static byte[] sign(String secret, String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())), "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("every Java platform has HmacSHA256", failure);
        }
    }
}
