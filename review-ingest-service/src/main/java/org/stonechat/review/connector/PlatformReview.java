package org.stonechat.review.connector;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// A review in the one shape that all platforms are translated to.
///
/// @param rawState    the platform's own word for the state
/// @param rating      1.00 to 5.00, or null for a review without a rating
/// @param language    BCP 47
/// @param updatedAt   when the platform last touched it; equal to `submittedAt` where it does not say
/// @param sourceRef   the channel, location or app it belongs to
/// @param attachments the platform's references to pictures and the like, in its order
/// @param reply       the public answer as the platform shows it
public record PlatformReview(
        String externalId,
        @Nullable String sourceRef,
        ReviewKind kind,
        ReviewState state,
        String rawState,
        @Nullable BigDecimal rating,
        List<SubRating> subRatings,
        @Nullable String title,
        @Nullable String body,
        @Nullable String language,
        Instant submittedAt,
        Instant updatedAt,
        @Nullable String authorName,
        @Nullable String authorEmail,
        @Nullable String orderReference,
        @Nullable String productSku,
        @Nullable String productName,
        List<String> attachments,
        @Nullable PlatformReply reply) {

    public PlatformReview {
        subRatings = List.copyOf(subRatings);
        attachments = List.copyOf(attachments);
    }

    /// Whole stars, rounded half up; null without a rating.
    public @Nullable Integer stars() {
        return rating == null ? null : rating.setScale(0, RoundingMode.HALF_UP).intValueExact();
    }

    /// The answer, unless the platform looked at it and does not show it.
    public @Nullable PlatformReply shownReply() {
        return reply == null || reply.rejected() ? null : reply;
    }

    public boolean hasText() {
        return body != null && !body.isBlank();
    }

    /// Tells a real edit from a touch: covers what a reader sees, and neither reply nor times.
    public String contentHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, rating == null ? null : rating.stripTrailingZeros().toPlainString());
            add(digest, title);
            add(digest, body);
            add(digest, rawState);
            add(digest, productSku);
            for (SubRating subRating : subRatings) {
                add(digest, subRating.name());
                add(digest, subRating.rating().stripTrailingZeros().toPlainString());
            }
            attachments.forEach(attachment -> add(digest, attachment));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    // The length goes first, so that text cannot move from one field to the next unnoticed.
    private static void add(MessageDigest digest, @Nullable String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        digest.update((part == null ? "-" : bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
