package org.stonechat.notification.incoming;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.html.HtmlTokens;
import org.stonechat.kit.html.ShallowHtml;

/// Reads the HTML of a mail once, from its beginning to its end: its words as text, and its HTML written anew
/// (see [ShallowHtml]) with the pictures that stood in the middle of it taken out.
final class MailHtml implements HtmlTokens.Handler {

    private static final Pattern DATA_IMAGE =
            Pattern.compile("data:(image/[a-z0-9.+-]{1,50})(?:;[^,;]{0,50}){0,3};base64,", Pattern.CASE_INSENSITIVE);
    private static final int MOST_BLANK_LINES = 2;
    private static final char NO_BREAK_SPACE = '\u00A0';

    private final Pictures pictures;
    private final int longest;
    private final ShallowHtml html;
    private final StringBuilder text = new StringBuilder();
    private int linesDue;
    private boolean spaceDue;
    private int preformatted;
    private boolean paragraphIsEmpty;
    private boolean textIsComplete = true;

    /// Keeps a picture.
    @FunctionalInterface
    interface Pictures {

        /// @return its content id; null when it is not kept
        @Nullable
        String keep(String mediaType, byte[] bytes);
    }

    private MailHtml(int longest, Pictures pictures) {
        this.longest = longest;
        this.pictures = pictures;
        this.html = new ShallowHtml(longest);
    }

    static MailHtml read(String html, int longest, Pictures pictures) {
        MailHtml reader = new MailHtml(longest, pictures);
        HtmlTokens.read(html, reader);
        return reader;
    }

    /// Its words, with paragraphs and line breaks kept.
    String text() {
        return text.toString();
    }

    String html() {
        return html.html();
    }

    boolean isComplete() {
        return textIsComplete && html.isComplete();
    }

    @Override
    public void text(String raw) {
        html.text(raw);
        String words = Parser.unescapeEntities(raw, false);
        for (int index = 0; index < words.length(); index++) {
            character(words.charAt(index));
        }
    }

    private void character(char character) {
        if (preformatted > 0 && character == '\n') {
            linesDue++;
        } else if (Character.isWhitespace(character) || character == NO_BREAK_SPACE) {
            spaceDue = true;
        } else {
            paragraphIsEmpty = false;
            String gap = gap();
            if (text.length() + gap.length() >= longest) {
                textIsComplete = false;
                return;
            }
            text.append(gap).append(character);
        }
    }

    /// What stands between the word before and the next one.
    private String gap() {
        String gap = "";
        if (!text.isEmpty()) {
            gap = linesDue > 0 ? "\n".repeat(Math.min(linesDue, MOST_BLANK_LINES)) : spaceDue ? " " : "";
        }
        linesDue = 0;
        spaceDue = false;
        return gap;
    }

    @Override
    public void start(String name, Map<String, String> attributes) {
        html.start(name, name.equals("img") ? withoutData(attributes) : attributes);
        switch (name) {
            case "br" -> linesDue++;
            case "td", "th" -> spaceDue = true;
            default -> {
                if (ShallowHtml.isBlock(name)) {
                    linesDue = Math.max(linesDue, 1);
                }
            }
        }
        if (name.equals("pre")) {
            preformatted++;
        }
        if (name.equals("p")) {
            paragraphIsEmpty = true;
        }
    }

    @Override
    public void end(String name) {
        html.end(name);
        if (name.equals("pre")) {
            preformatted = Math.max(0, preformatted - 1);
        }
        if (ShallowHtml.isBlock(name) && !name.equals("td") && !name.equals("th")) {
            linesDue = name.equals("p") && paragraphIsEmpty ? linesDue + 1 : Math.max(linesDue, 1);
        }
        paragraphIsEmpty = false;
    }

    /// Refers to the picture by its content id from now on.
    private Map<String, String> withoutData(Map<String, String> attributes) {
        String source = attributes.getOrDefault("src", "").strip();
        Matcher data = DATA_IMAGE.matcher(source);
        if (!data.lookingAt()) {
            return attributes;
        }
        Map<String, String> kept = new LinkedHashMap<>(attributes);
        kept.remove("src");
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(source.substring(data.end()));
        } catch (IllegalArgumentException damaged) {
            return kept;
        }
        String contentId = pictures.keep(data.group(1).toLowerCase(Locale.ROOT), bytes);
        if (contentId != null) {
            kept.put("src", "cid:" + contentId);
        }
        return kept;
    }
}
