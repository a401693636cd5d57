package org.stonechat.kit.html;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Takes HTML apart into tags and text, from its beginning to its end and never back: the time it takes grows
/// with the length alone, whatever the text is made of.
///
/// It builds no tree. Scripts, styles and comments are left out; what looks like a tag and never ends is text.
public final class HtmlTokens {

    private static final Set<String> WITHOUT_WORDS = Set.of("script", "style", "title", "template");
    private static final int MOST_ATTRIBUTES = 50;

    private final String html;
    private final Handler handler;
    /// What was looked for and is nowhere further on, so that it is not looked for again.
    private final Set<String> absent = new HashSet<>();

    private int at;

    private HtmlTokens(String html, Handler handler) {
        this.html = html;
        this.handler = handler;
    }

    /// Told of each piece in turn.
    public interface Handler {

        /// @param text as it stands, character references and all
        void text(String text);

        /// @param name       in lower case
        /// @param attributes their values as they stand, by names in lower case
        void start(String name, Map<String, String> attributes);

        /// @param name in lower case
        void end(String name);
    }

    public static void read(String html, Handler handler) {
        new HtmlTokens(html, handler).read();
    }

    private void read() {
        int length = html.length();
        while (at < length) {
            int tag = html.indexOf('<', at);
            if (tag < 0) {
                text(at, length);
                return;
            }
            text(at, tag);
            at = tag;
            markup(length);
        }
    }

    private void markup(int length) {
        char next = at + 1 < length ? html.charAt(at + 1) : ' ';
        if (isLetter(next)) {
            startTag();
        } else if (next == '/' && at + 2 < length && isLetter(html.charAt(at + 2))) {
            int nameEnd = nameEnd(at + 2);
            String name = html.substring(at + 2, nameEnd).toLowerCase(Locale.ROOT);
            int end = find(">", nameEnd);
            at = end < 0 ? length : end + 1;
            handler.end(name);
        } else if (html.startsWith("<!--", at)) {
            int end = find("-->", at + 4);
            at = end < 0 ? at + 4 : end + 3;
        } else if (next == '!' || next == '?') {
            int end = find(">", at);
            at = end < 0 ? at + 2 : end + 1;
        } else {
            text(at, at + 1);
            at++;
        }
    }

    /// Reads a tag as the HTML standard does (13.2.5.32 and following), so that everybody sees the same one.
    private void startTag() {
        int length = html.length();
        int nameEnd = nameEnd(at + 1);
        String name = html.substring(at + 1, nameEnd).toLowerCase(Locale.ROOT);
        Map<String, String> attributes = new LinkedHashMap<>();
        int index = nameEnd;
        while (index < length && html.charAt(index) != '>') {
            if (isSpace(html.charAt(index)) || html.charAt(index) == '/') {
                index++;
                continue;
            }
            int attribute = index;
            index++;
            while (index < length && !isSpace(html.charAt(index)) && "/>=".indexOf(html.charAt(index)) < 0) {
                index++;
            }
            String attributeName = html.substring(attribute, index);
            int sign = skipSpace(index);
            String value = "";
            if (sign < length && html.charAt(sign) == '=') {
                index = skipSpace(sign + 1);
                int valueEnd = valueEnd(index);
                if (valueEnd < 0) {
                    index = length;
                    break;
                }
                boolean quoted = index < length && (html.charAt(index) == '"' || html.charAt(index) == '\'');
                value = quoted ? html.substring(index + 1, valueEnd) : html.substring(index, valueEnd);
                index = quoted ? valueEnd + 1 : valueEnd;
            }
            if (attributes.size() < MOST_ATTRIBUTES) {
                attributes.putIfAbsent(attributeName.toLowerCase(Locale.ROOT), value);
            }
        }
        if (index >= length) {
            // It never ends, so it is none: the words in it are kept.
            text(at, length);
            at = length;
            return;
        }
        at = index + 1;
        if (WITHOUT_WORDS.contains(name)) {
            int end = find("</" + name, at);
            if (end >= 0) {
                at = end;
                return;
            }
        }
        handler.start(name, attributes);
    }

    /// @return where the value ends, without its quotation mark; -1 when it never does
    private int valueEnd(int from) {
        int length = html.length();
        if (from < length && (html.charAt(from) == '"' || html.charAt(from) == '\'')) {
            return html.indexOf(html.charAt(from), from + 1);
        }
        int end = from;
        while (end < length && !isSpace(html.charAt(end)) && html.charAt(end) != '>') {
            end++;
        }
        return end;
    }

    private int skipSpace(int from) {
        int index = from;
        while (index < html.length() && isSpace(html.charAt(index))) {
            index++;
        }
        return index;
    }

    /// The next place of this, in any case; -1 when it is nowhere, which is found out once.
    private int find(String what, int from) {
        if (absent.contains(what)) {
            return -1;
        }
        int last = html.length() - what.length();
        for (int index = from; index <= last; index++) {
            if (html.charAt(index) == what.charAt(0) && html.regionMatches(true, index, what, 0, what.length())) {
                return index;
            }
        }
        absent.add(what);
        return -1;
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < html.length() && !isSpace(html.charAt(end)) && "/>".indexOf(html.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private void text(int from, int to) {
        if (from < to) {
            handler.text(html.substring(from, to));
        }
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\t' || character == '\n' || character == '\r' || character == '\f';
    }
}
