package org.stonechat.notification.incoming;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import org.apache.james.mime4j.util.CharsetUtil;
import org.jspecify.annotations.Nullable;

/// Makes text of the bytes of a mail: whatever comes in, what goes out can be stored and shown.
final class MailText {

    /// What undeclared bytes that are not UTF-8 most likely are (as HTML has it, too).
    private static final Charset LAST_RESORT = Charset.forName("windows-1252");

    private MailText() {}

    /// Decodes with the declared charset; without one, or with one nobody knows, as UTF-8 or else as
    /// Windows-1252.
    static String decode(byte[] bytes, @Nullable String declared) {
        Charset charset = declared == null ? null : CharsetUtil.lookup(declared);
        // "us-ascii" with the high bit set is a lie that many senders tell.
        if (charset != null && !charset.equals(StandardCharsets.US_ASCII)) {
            return clean(new String(bytes, charset));
        }
        try {
            return clean(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return clean(new String(bytes, LAST_RESORT));
        }
    }

    /// Leaves out what neither PostgreSQL nor a reader can do anything with: NUL, other control characters
    /// but line breaks and tabs, and halves of surrogate pairs. Line breaks become `\n`.
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (Character.isHighSurrogate(character)
                    && index + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(index + 1))) {
                clean.append(character).append(text.charAt(++index));
            } else if (character == '\r') {
                if (index + 1 >= text.length() || text.charAt(index + 1) != '\n') {
                    clean.append('\n');
                }
            } else if (character == '\n' || character == '\t') {
                clean.append(character);
            } else if (!Character.isISOControl(character) && !Character.isSurrogate(character)) {
                clean.append(character);
            }
        }
        return clean.toString();
    }

    /// For subjects, names and ids: clean, and without line breaks.
    static String oneLine(String text) {
        return clean(text).replaceAll("[\\n\\t]+", " ").strip();
    }

    /// At most so many characters, never half of one.
    static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }

    /// As much of the text as fits into so many bytes of UTF-8.
    static String fitting(String text, int bytes) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length <= bytes) {
            return text;
        }
        int end = bytes;
        // A byte 10xxxxxx continues the character before it.
        while (end > 0 && (encoded[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(encoded, 0, end, StandardCharsets.UTF_8);
    }
}
