package org.stonechat.notification.incoming;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// Resolves the encoded words of RFC 2047, once from the left to the right.
///
/// Words that follow one another belong together: white space between them is no part of them, and a character
/// may begin in one and end in the next. One that cannot be resolved stays as it stands.
final class EncodedWords {

    private static final int LONGEST_CHARSET = 80;

    private final String text;
    private final StringBuilder result = new StringBuilder();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private String charset = "";

    private EncodedWords(String text) {
        this.text = text;
    }

    static String decode(String text) {
        return text.contains("=?") ? new EncodedWords(text).decode() : text;
    }

    private String decode() {
        int done = 0;
        int from = 0;
        while (true) {
            int start = text.indexOf("=?", from);
            if (start < 0) {
                break;
            }
            int end = word(start, done);
            if (end < 0) {
                from = start + 2;
            } else {
                done = end;
                from = end;
            }
        }
        flush();
        return result.append(text, done, text.length()).toString();
    }

    /// @param done where the text begins that was not taken over yet
    /// @return where the word ends; -1 when it is none
    private int word(int start, int done) {
        int charsetEnd = text.indexOf('?', start + 2);
        if (charsetEnd < 0 || charsetEnd - start - 2 > LONGEST_CHARSET || charsetEnd + 2 >= text.length()) {
            return -1;
        }
        char encoding = Character.toLowerCase(text.charAt(charsetEnd + 1));
        if (text.charAt(charsetEnd + 2) != '?' || encoding != 'b' && encoding != 'q') {
            return -1;
        }
        int textStart = charsetEnd + 3;
        int end = text.indexOf('?', textStart);
        if (end < 0 || !text.startsWith("?=", end)) {
            return -1;
        }
        byte[] bytes;
        try {
            String encoded = text.substring(textStart, end);
            bytes = encoding == 'b' ? Base64.getMimeDecoder().decode(encoded) : quoted(encoded);
        } catch (IllegalArgumentException malformed) {
            return -1;
        }
        String between = text.substring(done, start);
        String named = charset(text.substring(start + 2, charsetEnd));
        boolean follows = done > 0 && between.isBlank();
        if (!follows || !named.equals(charset)) {
            flush();
        }
        if (!follows) {
            result.append(between);
        }
        charset = named;
        pending.writeBytes(bytes);
        return end + 2;
    }

    private void flush() {
        if (pending.size() > 0) {
            result.append(MailText.decode(pending.toByteArray(), charset));
            pending.reset();
        }
    }

    /// Without the language that RFC 2231, section 5, lets one add.
    private static String charset(String named) {
        int language = named.indexOf('*');
        return (language < 0 ? named : named.substring(0, language)).toLowerCase(Locale.ROOT);
    }

    private static byte[] quoted(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int index = 0; index < encoded.length(); index++) {
            char character = encoded.charAt(index);
            if (character == '_') {
                bytes.write(' ');
            } else if (character == '='
                    && index + 2 < encoded.length()
                    && Character.digit(encoded.charAt(index + 1), 16) >= 0
                    && Character.digit(encoded.charAt(index + 2), 16) >= 0) {
                bytes.write(Character.digit(encoded.charAt(index + 1), 16) * 16
                        + Character.digit(encoded.charAt(index + 2), 16));
                index += 2;
            } else {
                bytes.writeBytes(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
