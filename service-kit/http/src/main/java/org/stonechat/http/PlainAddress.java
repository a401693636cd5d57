package org.stonechat.http;

import java.util.Locale;
import java.util.Set;

/// Whether an address can be read in one way only.
///
/// What a dot segment, an encoded separator or a `;` means would be decided by each party by itself, and the one that
/// checks might decide differently from the one that answers (CVE-2026-39852 was such a difference).
public final class PlainAddress {

    /// Octets that, written as `%xx`, one party takes for structure and another for text: NUL, `.`, `/`, `;` and `\`.
    private static final Set<String> AMBIGUOUS = Set.of("00", "2e", "2f", "3b", "5c");

    private PlainAddress() {}

    /// @param path raw, as it stands in the request
    public static boolean isPlain(String path) {
        if (!path.startsWith("/") || path.contains("//") || path.contains("\\") || path.contains(";")) {
            return false;
        }
        if (!isWellEscaped(path)) {
            return false;
        }
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 3)) {
            if (AMBIGUOUS.contains(path.substring(at + 1, at + 3).toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        for (String segment : path.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /// Whether each `%` begins an escape.
    ///
    /// @param text a raw path or query
    public static boolean isWellEscaped(String text) {
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 3)) {
            if (at + 2 >= text.length() || !isHex(text.charAt(at + 1)) || !isHex(text.charAt(at + 2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char character) {
        return character >= '0' && character <= '9'
                || character >= 'a' && character <= 'f'
                || character >= 'A' && character <= 'F';
    }
}
