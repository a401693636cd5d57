package org.stonechat.kit.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes HTML anew so that nothing that reads it can be kept busy: well-formed, every element closed where it
/// ends, and none of them deeper than [#DEEPEST]. All words stay; an element that is too deep is taken out
/// around its words.
///
/// It makes nothing safe to show: that is the sanitiser's part, which this goes before.
public final class ShallowHtml implements HtmlTokens.Handler {

    /// What people write is a tenth of this deep; sanitisers give up at some 250.
    public static final int DEEPEST = 100;

    /// So many of those that a parser opens again in every paragraph when they are left open.
    static final int MOST_FORMATTING = 8;

    private static final Set<String> VOID = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
            "wbr");
    private static final Set<String> FRAME = Set.of("html", "head", "body");
    private static final Set<String> FORMATTING =
            Set.of("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u");
    private static final Set<String> BLOCK = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "dd",
            "details",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul",
            "caption");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Set<String> ROW_GROUPS = Set.of("thead", "tbody", "tfoot");

    /// Begins one of its kind, so the last one of it has ended; not beyond the element that holds both.
    private static final Map<String, Set<String>> ENDED_BY_NEXT = Map.of(
            "li",
            Set.of("li"),
            "dd",
            Set.of("dd", "dt"),
            "dt",
            Set.of("dd", "dt"),
            "td",
            CELLS,
            "th",
            CELLS,
            "tr",
            Set.of("tr", "td", "th"),
            "thead",
            ROW_GROUPS,
            "tbody",
            ROW_GROUPS,
            "tfoot",
            ROW_GROUPS,
            "option",
            Set.of("option"));

    private static final Set<String> HOLDERS = Set.of("table", "ul", "ol", "dl", "menu", "dir", "select", "blockquote");
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z_:][a-z0-9_:.-]{0,63}");
    private static final Pattern ELEMENT = Pattern.compile("[a-z][a-z0-9:-]{0,31}");

    private final StringBuilder out = new StringBuilder();
    private final List<String> open = new ArrayList<>();
    private final Map<String, Integer> leftOut = new HashMap<>();
    private final int longest;
    private int formatting;
    private boolean lineEnded = true;
    private boolean complete = true;

    /// @param longest as many characters as may be written; what comes behind them is left out
    public ShallowHtml(int longest) {
        this.longest = longest;
    }

    /// All of it.
    public static String of(String html) {
        ShallowHtml shallow = new ShallowHtml(Integer.MAX_VALUE);
        HtmlTokens.read(html, shallow);
        return shallow.html();
    }

    /// True for elements that stand on lines of their own.
    public static boolean isBlock(String name) {
        return BLOCK.contains(name);
    }

    /// What was written so far, with everything closed that is still open.
    public String html() {
        StringBuilder closed = new StringBuilder(out);
        for (String name : open.reversed()) {
            closed.append("</").append(name).append('>');
        }
        return closed.toString();
    }

    /// False when something was left out because it would have become too long.
    public boolean isComplete() {
        return complete;
    }

    @Override
    public void text(String text) {
        if (hasRoom(text.length())) {
            escaped(text, false);
            lineEnded = false;
        }
    }

    @Override
    public void start(String name, Map<String, String> attributes) {
        if (FRAME.contains(name) || !ELEMENT.matcher(name).matches() || !hasRoom(name.length())) {
            return;
        }
        if (VOID.contains(name)) {
            if (name.equals("hr")) {
                endParagraph();
            }
            tag(name, attributes);
            lineEnded = name.equals("br");
            return;
        }
        if (BLOCK.contains(name)) {
            endParagraph();
        }
        Set<String> ended = ENDED_BY_NEXT.get(name);
        if (ended != null) {
            endSiblings(ended);
        }
        if (name.equals("a")) {
            endOf(name);
        }
        boolean formats = FORMATTING.contains(name);
        if (open.size() >= DEEPEST || formats && formatting >= MOST_FORMATTING) {
            leftOut.merge(name, 1, Integer::sum);
            endLine(name);
            return;
        }
        tag(name, attributes);
        open.add(name);
        lineEnded = BLOCK.contains(name);
        if (formats) {
            formatting++;
        }
    }

    @Override
    public void end(String name) {
        if (name.equals("br")) {
            start(name, Map.of());
            return;
        }
        int dropped = leftOut.getOrDefault(name, 0);
        if (dropped > 0) {
            leftOut.put(name, dropped - 1);
            endLine(name);
            return;
        }
        endOf(name);
    }

    /// Closes the innermost one of this name; one that does not stand on a line of its own only as far as its
    /// line goes.
    private void endOf(String name) {
        boolean block = BLOCK.contains(name);
        for (int index = open.size() - 1; index >= 0; index--) {
            String candidate = open.get(index);
            if (candidate.equals(name)) {
                closeDownTo(index);
                return;
            }
            if (!block && BLOCK.contains(candidate) && !candidate.equals("p")) {
                return;
            }
            if (block && candidate.equals("table") && !name.equals("table")) {
                return;
            }
        }
    }

    private void endParagraph() {
        for (int index = open.size() - 1; index >= 0; index--) {
            String candidate = open.get(index);
            if (candidate.equals("p")) {
                closeDownTo(index);
                return;
            }
            if (BLOCK.contains(candidate)) {
                return;
            }
        }
    }

    private void endSiblings(Set<String> ended) {
        for (int index = open.size() - 1; index >= 0 && !HOLDERS.contains(open.get(index)); index--) {
            if (ended.contains(open.get(index))) {
                // On with the row around a cell, when it is a row that begins.
                closeDownTo(index);
            }
        }
    }

    private void closeDownTo(int index) {
        while (open.size() > index) {
            String name = open.removeLast();
            if (FORMATTING.contains(name)) {
                formatting--;
            }
            out.append("</").append(name).append('>');
            lineEnded = lineEnded || BLOCK.contains(name);
        }
    }

    /// A line that an element began or ended remains one when the element is taken out.
    private void endLine(String name) {
        if (BLOCK.contains(name) && !lineEnded && hasRoom(4)) {
            out.append("<br>");
            lineEnded = true;
        }
    }

    private void tag(String name, Map<String, String> attributes) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            if (ATTRIBUTE.matcher(attribute).matches() && hasRoom(value.length())) {
                out.append(' ').append(attribute).append("=\"");
                escaped(value, true);
                out.append('"');
            }
        });
        out.append('>');
    }

    private void escaped(String text, boolean quoted) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(quoted ? "&quot;" : "\"");
                default -> out.append(character);
            }
        }
    }

    private boolean hasRoom(int more) {
        if (out.length() + (long) more <= longest) {
            return true;
        }
        complete = false;
        return false;
    }
}
