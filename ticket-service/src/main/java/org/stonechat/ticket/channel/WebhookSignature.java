package org.stonechat.ticket.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/// The symmetric signature of the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body`, as
/// `v1,` and base64; several may stand in the header, separated by spaces.
final class WebhookSignature {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    /// How far the two clocks may be apart, and how long a recorded call could be sent again.
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,256}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final int MOST_SIGNATURES = 10;

    private WebhookSignature() {}

    static String sign(byte[] secret, String id, long timestamp, byte[] body) {
        return "v1," + Base64.getEncoder().encodeToString(mac(secret, id, timestamp, body));
    }

    /// Whether somebody who holds the secret sent this, just now.
    static boolean holds(
            byte[] secret,
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signatures,
            byte[] body,
            Instant now) {
        if (id == null || timestamp == null || signatures == null || !isPlausible(id, timestamp, now)) {
            return false;
        }
        return isAmong(mac(secret, id, Long.parseLong(timestamp), body), signatures);
    }

    /// What the headers tell before the body is there: that it was signed just now.
    static boolean isPlausible(String id, String timestamp, Instant now) {
        return VISIBLE.matcher(id).matches()
                && SECONDS.matcher(timestamp).matches()
                && Math.abs(Long.parseLong(timestamp) - now.getEpochSecond()) <= TOLERANCE.toSeconds();
    }

    /// @param code of what was sent
    static boolean isAmong(byte[] code, String signatures) {
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(code)).getBytes(StandardCharsets.US_ASCII);
        boolean held = false;
        for (String signature : signatures.split(" ", MOST_SIGNATURES)) {
            held |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        }
        return held;
    }

    private static byte[] mac(byte[] secret, String id, long timestamp, byte[] body) {
        return begin(secret, id, timestamp).doFinal(body);
    }

    /// Waits for the body.
    static Mac begin(byte[] secret, String id, long timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
