package org.stonechat.rating.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The links that need no login: an id and an expiry under an HMAC-SHA256 (RFC 2104), as base64url.
@ApplicationScoped
public class RatingTokens {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNED = 16 + 8;
    private static final int SIGNATURE = 32;

    private final SecretKeySpec key;
    private final InstantSource clock;

    RatingTokens(@ConfigProperty(name = "stonechat.token-secret") String secret, InstantSource clock) {
        // The purpose is part of the key: a token made for something else with the same secret is none here.
        this.key = new SecretKeySpec(("rating:" + secret).getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    String issue(UUID ratingId, Instant expiresAt) {
        ByteBuffer token = ByteBuffer.allocate(SIGNED + SIGNATURE);
        token.putLong(ratingId.getMostSignificantBits())
                .putLong(ratingId.getLeastSignificantBits())
                .putLong(expiresAt.getEpochSecond());
        token.put(sign(Arrays.copyOf(token.array(), SIGNED)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /// The rating a link belongs to; empty for a forged, damaged or expired one.
    public Optional<UUID> verify(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
        if (bytes.length != SIGNED + SIGNATURE) {
            return Optional.empty();
        }
        byte[] signature = sign(Arrays.copyOf(bytes, SIGNED));
        if (!MessageDigest.isEqual(signature, Arrays.copyOfRange(bytes, SIGNED, bytes.length))) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        UUID id = new UUID(fields.getLong(), fields.getLong());
        Instant expiresAt = Instant.ofEpochSecond(fields.getLong());
        return clock.instant().isAfter(expiresAt) ? Optional.empty() : Optional.of(id);
    }

    private byte[] sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
