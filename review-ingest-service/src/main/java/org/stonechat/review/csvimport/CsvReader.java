package org.stonechat.review.csvimport;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// Takes a text of comma- or semicolon-separated values apart (RFC 4180): fields in quotes may hold
/// separators, line ends and doubled quotes; line ends are CRLF, LF or CR; empty lines are passed over; a
/// byte order mark is not part of the text.
final class CsvReader {

    private static final char QUOTE = '"';

    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    CsvReader(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.separator = separatorOf(this.text);
    }

    /// @param line   where it begins in the file, counted from 1
    /// @param defect why it cannot be taken apart, or null
    record Row(int line, List<String> fields, @Nullable String defect) {}

    /// The next row, or null at the end.
    @Nullable
    Row next() {
        while (at < text.length() && isLineEnd(text.charAt(at))) {
            endOfLine();
        }
        if (at >= text.length()) {
            return null;
        }
        int begins = line;
        List<String> fields = new ArrayList<>();
        String defect = null;
        while (true) {
            String field;
            if (at < text.length() && text.charAt(at) == QUOTE) {
                String quoted = quoted();
                if (quoted == null) {
                    return new Row(begins, fields, "A quoted field does not end.");
                }
                field = quoted;
                if (at < text.length() && text.charAt(at) != separator && !isLineEnd(text.charAt(at))) {
                    defect = "Something follows a quoted field.";
                    skipField();
                }
            } else {
                field = plain();
            }
            fields.add(field);
            if (at >= text.length()) {
                return new Row(begins, fields, defect);
            }
            if (text.charAt(at) == separator) {
                at++;
                continue;
            }
            endOfLine();
            return new Row(begins, fields, defect);
        }
    }

    private @Nullable String quoted() {
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character == QUOTE) {
                if (at + 1 < text.length() && text.charAt(at + 1) == QUOTE) {
                    field.append(QUOTE);
                    at += 2;
                    continue;
                }
                at++;
                return field.toString();
            }
            if (isLineEnd(character)) {
                int from = at;
                endOfLine();
                field.append(text, from, at);
            } else {
                field.append(character);
                at++;
            }
        }
        return null;
    }

    private String plain() {
        int from = at;
        skipField();
        return text.substring(from, at);
    }

    private void skipField() {
        while (at < text.length() && text.charAt(at) != separator && !isLineEnd(text.charAt(at))) {
            at++;
        }
    }

    private void endOfLine() {
        if (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
            at++;
        }
        at++;
        line++;
    }

    private static boolean isLineEnd(char character) {
        return character == '\n' || character == '\r';
    }

    /// Whichever is more frequent in the first line.
    private static char separatorOf(String text) {
        int semicolons = 0;
        int commas = 0;
        for (int index = 0; index < text.length() && !isLineEnd(text.charAt(index)); index++) {
            if (text.charAt(index) == ';') {
                semicolons++;
            } else if (text.charAt(index) == ',') {
                commas++;
            }
        }
        return commas > semicolons ? ',' : ';';
    }
}
