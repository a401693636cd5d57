package org.stonechat.notification.incoming;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/// A header field that has a value and parameters (RFC 2045, section 5.1), read leniently and once from the
/// left to the right. Parameters in pieces and with a charset (RFC 2231) are put together as bytes before they
/// become text, and win over the plain ones.
record HeaderParameters(String value, Map<String, String> parameters) {

    /// No field of this kind is longer for a reason.
    static final int LONGEST = 8 * 1024;

    private static final int MOST_PARAMETERS = 200;

    static HeaderParameters read(String field) {
        String text = MailText.shortened(field, LONGEST);
        int end = 0;
        while (end < text.length() && text.charAt(end) != ';' && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return new HeaderParameters(
                text.substring(0, end).strip().toLowerCase(Locale.ROOT), new Reader(text, end).read());
    }

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    /// Reads the parameters.
    private static final class Reader {

        private final String text;
        private int at;
        private final Map<String, String> plain = new HashMap<>();
        private final Map<String, TreeMap<Integer, Piece>> pieces = new HashMap<>();

        Reader(String text, int from) {
            this.text = text;
            this.at = from;
        }

        private record Piece(String value, boolean encoded) {}

        Map<String, String> read() {
            for (int count = 0; at < text.length() && count < MOST_PARAMETERS; count++) {
                int start = at;
                while (at < text.length() && "=;".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                String name = text.substring(start, at).strip().toLowerCase(Locale.ROOT);
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    String value = value();
                    if (!name.isEmpty()) {
                        take(name, value);
                    }
                }
                at++;
            }
            Map<String, String> all = new HashMap<>();
            plain.forEach((name, value) -> all.put(name, EncodedWords.decode(value)));
            pieces.forEach((name, parts) -> all.put(name, joined(parts)));
            return Map.copyOf(all);
        }

        /// Leaves off before the semicolon.
        private String value() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at >= text.length() || text.charAt(at) != '"') {
                int start = at;
                while (at < text.length() && text.charAt(at) != ';') {
                    at++;
                }
                return text.substring(start, at).strip();
            }
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            while (at < text.length() && text.charAt(at) != ';') {
                at++;
            }
            return value.toString();
        }

        private void take(String name, String value) {
            int star = name.indexOf('*');
            if (star < 0) {
                plain.putIfAbsent(name, value);
                return;
            }
            String section = name.substring(star + 1);
            boolean encoded = section.isEmpty() || section.endsWith("*");
            String number = section.endsWith("*") ? section.substring(0, section.length() - 1) : section;
            if (number.isEmpty() || number.matches("\\d{1,3}")) {
                pieces.computeIfAbsent(name.substring(0, star), key -> new TreeMap<>())
                        .putIfAbsent(number.isEmpty() ? 0 : Integer.parseInt(number), new Piece(value, encoded));
            }
        }

        private static String joined(TreeMap<Integer, Piece> parts) {
            Piece first = parts.firstEntry().getValue();
            String charset = null;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            boolean anyEncoded = false;
            for (Piece piece : parts.values()) {
                String value = piece.value();
                if (piece == first && piece.encoded()) {
                    int afterCharset = value.indexOf('\'');
                    int afterLanguage = afterCharset < 0 ? -1 : value.indexOf('\'', afterCharset + 1);
                    if (afterLanguage >= 0) {
                        charset = value.substring(0, afterCharset);
                        value = value.substring(afterLanguage + 1);
                    }
                }
                anyEncoded |= piece.encoded();
                bytes.writeBytes(piece.encoded() ? percentDecoded(value) : value.getBytes(StandardCharsets.UTF_8));
            }
            String text = MailText.decode(bytes.toByteArray(), charset);
            return anyEncoded ? text : EncodedWords.decode(text);
        }

        private static byte[] percentDecoded(String value) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
            for (int index = 0; index < value.length(); index++) {
                char character = value.charAt(index);
                int high = index + 2 < value.length() ? Character.digit(value.charAt(index + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(value.charAt(index + 2), 16);
                if (character == '%' && low >= 0) {
                    bytes.write(high * 16 + low);
                    index += 2;
                } else {
                    bytes.writeBytes(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
                }
            }
            return bytes.toByteArray();
        }
    }
}
