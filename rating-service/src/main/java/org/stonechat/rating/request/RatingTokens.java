package org.stonechat.rating.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.secret.EarlierKey;
import org.stonechat.kit.secret.Purpose;
import org.stonechat.kit.secret.Signer;

/// The links that need no login: an id and an expiry, the id of the key, and the signature, as base64url. Links sent
/// before there were key ids have none.
@ApplicationScoped
public class RatingTokens {

    private static final Purpose PURPOSE = new Purpose("rating links", EarlierKey.prefixed("rating:"));
    private static final int SIGNED = 16 + 8;
    private static final int KEY_ID = 4;
    private static final int SIGNATURE = 32;

    private final Signer signer;
    private final InstantSource clock;

    RatingTokens(Signer signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    String issue(UUID ratingId, Instant expiresAt) {
        ByteBuffer token = ByteBuffer.allocate(SIGNED + KEY_ID + SIGNATURE);
        token.putLong(ratingId.getMostSignificantBits())
                .putLong(ratingId.getLeastSignificantBits())
                .putLong(expiresAt.getEpochSecond());
        token.put(signer.keyId().getBytes(StandardCharsets.US_ASCII))
                .put(signer.sign(PURPOSE, Arrays.copyOf(token.array(), SIGNED)));
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
        if (!holds(bytes)) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        UUID id = new UUID(fields.getLong(), fields.getLong());
        Instant expiresAt = Instant.ofEpochSecond(fields.getLong());
        return clock.instant().isAfter(expiresAt) ? Optional.empty() : Optional.of(id);
    }

    private boolean holds(byte[] token) {
        byte[] signed = Arrays.copyOf(token, SIGNED);
        byte[] signature = Arrays.copyOfRange(token, Math.max(token.length - SIGNATURE, 0), token.length);
        return switch (token.length) {
            case SIGNED + KEY_ID + SIGNATURE ->
                signer.holds(PURPOSE, new String(token, SIGNED, KEY_ID, StandardCharsets.US_ASCII), signed, signature);
            case SIGNED + SIGNATURE -> signer.heldEarlier(PURPOSE, signed, signature);
            default -> false;
        };
    }
}
