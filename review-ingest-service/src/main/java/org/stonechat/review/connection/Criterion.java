package org.stonechat.review.connection;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReviewKind;

/// Which reviews become tickets, and where these go. What is left out does not restrict; the first match
/// decides.
@Schema(description = "Which reviews become tickets, and where these go. The first criterion that matches decides.")
public record Criterion(
        @NotBlank @Size(max = 120) @Pattern(regexp = "[^\\u0000]*") @Schema(examples = "One to three stars")
        String name,

        @Min(1) @Max(5) @Nullable Integer minStars,
        @Min(1) @Max(5) @Nullable Integer maxStars,

        @Schema(description = "Only reviews with (or without) a text") @Nullable
        Boolean hasText,

        @Nullable Set<@NotNull ReviewKind> kinds,

        @Size(max = 50)
        @Schema(description = "BCP 47; `de` covers `de-AT` too", examples = "[\"de\", \"en\"]")
        @Nullable
        List<@NotBlank @Size(max = 35) @Pattern(regexp = "[A-Za-z0-9-]*") String> languages,

        @Size(max = 100) @Nullable List<@NotBlank @Size(max = 200) @Pattern(regexp = "[^\\u0000]*") String> channels,
        @Size(max = 500) @Nullable List<@NotBlank @Size(max = 200) @Pattern(regexp = "[^\\u0000]*") String> skus,

        @Schema(description = "The connection's department when left out") @Nullable
        UUID departmentId,

        @Nullable UUID teamId,
        @Nullable UUID queueId,
        @Nullable Priority priority,
        @Size(max = 20) @Nullable List<@NotBlank @Size(max = 60) @Pattern(regexp = "[^\\u0000]*") String> tags) {

    /// A review without a rating matches only where stars do not matter.
    public boolean matches(PlatformReview review) {
        return mismatch(review) == null;
    }

    /// What of the review it does not want, in a word for whoever wonders why there is no ticket; null when it
    /// matches.
    public @Nullable String mismatch(PlatformReview review) {
        Integer stars = review.stars();
        if (minStars != null && (stars == null || stars < minStars)) {
            return "stars";
        }
        if (maxStars != null && (stars == null || stars > maxStars)) {
            return "stars";
        }
        if (hasText != null && hasText != review.hasText()) {
            return "text";
        }
        if (kinds != null && !kinds.isEmpty() && !kinds.contains(review.kind())) {
            return "kind";
        }
        if (!speaks(review.language())) {
            return "language";
        }
        if (!admits(channels, review.sourceRef())) {
            return "channel";
        }
        return admits(skus, review.productSku()) ? null : "product";
    }

    private boolean speaks(@Nullable String language) {
        if (languages == null || languages.isEmpty()) {
            return true;
        }
        if (language == null) {
            return false;
        }
        String spoken = language.toLowerCase(Locale.ROOT);
        return languages.stream()
                .map(wanted -> wanted.toLowerCase(Locale.ROOT))
                .anyMatch(wanted -> spoken.equals(wanted) || spoken.startsWith(wanted + "-"));
    }

    private static boolean admits(@Nullable List<String> wanted, @Nullable String value) {
        return wanted == null || wanted.isEmpty() || (value != null && wanted.contains(value));
    }
}
