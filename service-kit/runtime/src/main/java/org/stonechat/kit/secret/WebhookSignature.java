package org.stonechat.kit.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;

import org.jspecify.annotations.Nullable;

/// The symmetric signature of the Standard Webhooks specification (1.0.0, "Verifying webhook authenticity"):
/// HMAC-SHA256 over `id.timestamp.body`, as `v1,` and base64; several may stand in the header, separated by spaces.
/// Its secret is the two sides' own, not the installation's.
///
/// @param id         of the header `webhook-id`
/// @param timestamp  of the header `webhook-timestamp`, seconds since 1970
/// @param signatures of the header `webhook-signature`
public record WebhookSignature(
        @Nullable String id,
        @Nullable String timestamp,
        @Nullable String signatures) {

    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    /// How far the two clocks may be apart, and how long a recorded call could be sent again, unless said otherwise.
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final int MOST_SIGNATURES = 10;

    /// A secret as it is shown to people: `whsec_` and base64.
    public static String shown(byte[] secret) {
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(secret);
    }

    /// @throws IllegalArgumentException when it is not `whsec_` and base64
    public static byte[] secretOf(String shown) {
        if (!shown.startsWith(SECRET_PREFIX)) {
            throw new IllegalArgumentException("a webhook's secret begins with " + SECRET_PREFIX);
        }
        return Base64.getDecoder().decode(shown.substring(SECRET_PREFIX.length()));
    }

    /// What stands in the header `webhook-signature` of a call with this id and time.
    public static String sign(byte[] secret, String id, long timestamp, byte[] body) {
        byte[] mac = Hmac.of(secret, (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8), body);
        return VERSION + Base64.getEncoder().encodeToString(mac);
    }

    /// Why it is not to be believed that somebody who holds the secret sent this just now; null when it is.
    public @Nullable String objection(byte[] secret, byte[] body, Instant now, Duration tolerance) {
        String early = earlyObjection(now, tolerance);
        if (early != null) {
            return early;
        }
        return fits(begin(secret).doFinal(body)) ? null : "No webhook-signature fits.";
    }

    /// What the headers tell before a byte of the body is read: why it is not to be believed whatever that is, or null.
    public @Nullable String earlyObjection(Instant now, Duration tolerance) {
        if (id == null
                || timestamp == null
                || signatures == null
                || !VISIBLE.matcher(id).matches()) {
            return "The headers webhook-id, webhook-timestamp and webhook-signature are needed.";
        }
        if (!SECONDS.matcher(timestamp).matches()) {
            return "The webhook-timestamp is no number of seconds.";
        }
        if (Math.abs(Long.parseLong(timestamp) - now.getEpochSecond()) > tolerance.toSeconds()) {
            return "The webhook-timestamp is too far from now.";
        }
        return null;
    }

    /// Waits for the body, of a call whose headers have no [#earlyObjection(Instant, Duration)].
    public Mac begin(byte[] secret) {
        Mac mac = Hmac.begun(secret);
        mac.update((id + "." + Long.parseLong(String.valueOf(timestamp)) + ".").getBytes(StandardCharsets.UTF_8));
        return mac;
    }

    /// @param code what [#begin(byte[])] made of the body
    public boolean fits(byte[] code) {
        byte[] expected = (VERSION + Base64.getEncoder().encodeToString(code)).getBytes(StandardCharsets.US_ASCII);
        boolean held = false;
        for (String signature : String.valueOf(signatures).split(" ", MOST_SIGNATURES)) {
            held |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        }
        return held;
    }

    /// The same as a yes or no, within [#TOLERANCE].
    public boolean holds(byte[] secret, byte[] body, Instant now) {
        return objection(secret, body, now, TOLERANCE) == null;
    }
}
