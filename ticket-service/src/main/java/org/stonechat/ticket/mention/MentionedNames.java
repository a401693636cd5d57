package org.stonechat.ticket.mention;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the names behind @ in a text. A mail address is none.
final class MentionedNames {

    /// More than these are no mention but a mistake.
    private static final int MOST = 50;

    private static final Pattern NAME = Pattern.compile(
            "(?<![\\p{L}\\p{N}._%+@-])@([\\p{L}\\p{N}](?:[\\p{L}\\p{N}._-]{0,98}[\\p{L}\\p{N}])?)(?!@)");

    private MentionedNames() {}

    /// In lower case, in the order of their first appearance.
    static Set<String> in(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher found = NAME.matcher(text);
        while (names.size() < MOST && found.find()) {
            names.add(found.group(1).toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
