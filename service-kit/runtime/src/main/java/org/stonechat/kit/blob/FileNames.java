package org.stonechat.kit.blob;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names of files as others gave them, made fit to be stored, shown and sent.
///
/// Characters that turn the direction of writing are taken out: with them `invoice[U+202E]fdp.exe` reads as
/// `invoiceexe.pdf`. Right-to-left names need none of them.
public final class FileNames {

    private static final int LONGEST = 255;
    private static final int LONGEST_EXTENSION = 12;
    private static final String NAMELESS = "attachment";

    private static final Pattern DIRECTION = Pattern.compile("[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    /// What a file system, a header or a line of a log could stumble over.
    private static final Pattern TROUBLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029\"<>|:*?]");

    private FileNames() {}

    /// The last part of a path, without what could trouble anybody; `attachment` when nothing is left.
    public static String safe(String given) {
        return clean(given).orElse(NAMELESS);
    }

    /// As [#safe(String)], empty when nothing is left.
    public static Optional<String> clean(String given) {
        return clean(given, LONGEST);
    }

    /// @param longest in UTF-16 units
    public static Optional<String> clean(String given, int longest) {
        String name = DIRECTION.matcher(given).replaceAll("");
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        name = TROUBLE.matcher(name).replaceAll("_").strip();
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return Optional.empty();
        }
        return Optional.of(shortened(name, longest));
    }

    /// The value of `Content-Disposition` for a download under this name (RFC 6266). The plain form is for programs
    /// that do not read the extended one.
    public static String download(String name) {
        String safe = safe(name);
        String plain = safe.replaceAll("[^\\x20-\\x7e]", "_");
        String extended = URLEncoder.encode(safe, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + extended;
    }

    /// Shortened before the extension, which says of what kind the file is.
    private static String shortened(String name, int longest) {
        if (name.length() <= longest) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
        int end = longest - extension.length();
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + extension;
    }
}
