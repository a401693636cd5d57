package org.stonechat.review.connector;

import java.nio.charset.StandardCharsets;

/// How long a platform lets an answer be.
public record ReplyLimit(int value, Unit unit) {

    public enum Unit {
        CHARACTERS,
        BYTES
    }

    /// The length of a text in this limit's unit; a character is a Unicode code point.
    public int measure(String text) {
        return switch (unit) {
            case CHARACTERS -> text.codePointCount(0, text.length());
            case BYTES -> text.getBytes(StandardCharsets.UTF_8).length;
        };
    }

    public boolean allows(String text) {
        return measure(text) <= value;
    }
}
