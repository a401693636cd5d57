package org.stonechat.rating.request;

import java.util.Locale;
import java.util.Optional;

/// The three faces a customer chooses from.
public enum Face {
    SATISFIED("#2e7d32", "☺"),
    OKAY("#f9a825", "😐"),
    DISSATISFIED("#c62828", "☹");

    private final String colour;
    private final String glyph;

    Face(String colour, String glyph) {
        this.colour = colour;
        this.glyph = glyph;
    }

    public String colour() {
        return colour;
    }

    public String glyph() {
        return glyph;
    }

    /// As it stands in links and forms: `satisfied`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Face> of(@org.jspecify.annotations.Nullable String key) {
        for (Face face : values()) {
            if (face.key().equals(key)) {
                return Optional.of(face);
            }
        }
        return Optional.empty();
    }
}
