package org.stonechat.review;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.restassured.response.Response;

import static io.restassured.RestAssured.given;

/// A sender that signs as the Standard Webhooks specification says; written from it, and not from the service.
public final class TestWebhook {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    public static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);

    private TestWebhook() {}

    public static Response send(UUID connection, String body) {
        return send(connection, "msg_" + UUID.randomUUID(), Instant.now(), body);
    }

    public static Response send(UUID connection, String id, Instant at, String body) {
        String timestamp = Long.toString(at.getEpochSecond());
        return send(connection, id, timestamp, "v1," + sign(id, timestamp, body), body);
    }

    public static Response send(UUID connection, String id, String timestamp, String signature, String body) {
        return given().contentType("application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signature)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/review-connections/" + connection + "/webhook");
    }

    public static String sign(String id, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
