package org.stonechat.ticket.conversation;

import java.util.regex.Pattern;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.html.ShallowHtml;

/// The words of a message in both forms. HTML has been through the sanitizer, so it can be shown as it is.
///
/// @param text  never null; made of the HTML where only that was given
/// @param whole the blob with the whole text, when `text` is only its beginning
public record Body(
        String text, @Nullable String html, @Nullable BlobRef whole) {

    /// A link that leads to the same place wherever it is shown. What is relative, or begins with `//`, would lead
    /// into the desk itself, or wherever the page that shows it comes from.
    private static final Pattern ABSOLUTE =
            Pattern.compile("(https?://[^\\s/\\\\?#]|mailto:|tel:).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    // No scripts, styles, forms or frames; pictures only by content id, so that opening a message tells nobody.
    private static final PolicyFactory POLICY = Sanitizers.FORMATTING
            .and(Sanitizers.BLOCKS)
            .and(Sanitizers.TABLES)
            .and(new HtmlPolicyBuilder()
                    .allowElements("a", "img", "hr", "br", "pre", "code", "span", "div")
                    .allowUrlProtocols("http", "https", "mailto", "tel", "cid")
                    .allowAttributes("href")
                    .matching((element, attribute, value) ->
                            ABSOLUTE.matcher(value.strip()).matches() ? value.strip() : null)
                    .onElements("a")
                    .allowAttributes("src")
                    .matching((element, attribute, value) -> value.startsWith("cid:") ? value : null)
                    .onElements("img")
                    .allowAttributes("alt", "width", "height")
                    .onElements("img")
                    .allowAttributes("dir")
                    .matching(true, "ltr", "rtl", "auto")
                    .globally()
                    .requireRelNofollowOnLinks()
                    .toFactory());

    /// Cleans what came in: NUL is taken out (PostgreSQL stores none), HTML made shallow (the sanitiser leaves
    /// out the words of what is too deep) and sanitised, and text made of it if need be.
    public static Body of(@Nullable String text, @Nullable String html) {
        String cleanHtml = html == null || html.isBlank() ? null : POLICY.sanitize(ShallowHtml.of(withoutNul(html)));
        if (text != null && !text.isBlank()) {
            return new Body(withoutNul(text), cleanHtml, null);
        }
        return new Body(cleanHtml == null ? "" : textOf(cleanHtml), cleanHtml, null);
    }

    public static Body text(String text) {
        return of(text, null);
    }

    /// The same, as the beginning of a longer text.
    public Body beginningOf(BlobRef longer) {
        return new Body(text, html, longer);
    }

    public boolean isEmpty() {
        return text.isBlank();
    }

    /// @return null for null
    public static @Nullable String withoutNulOrNull(@Nullable String value) {
        return value == null ? null : withoutNul(value);
    }

    private static String withoutNul(String value) {
        return value.indexOf('\0') < 0 ? value : value.replace("\0", "");
    }

    private static String textOf(String html) {
        Document document = Jsoup.parse(html);
        StringBuilder text = new StringBuilder();
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof TextNode words) {
                            text.append(words.text());
                        } else if (node instanceof Element element) {
                            if (element.normalName().equals("li")) {
                                lineBreak(text);
                                text.append("- ");
                            } else if (element.normalName().equals("br")) {
                                text.append('\n');
                            } else if (element.isBlock()) {
                                lineBreak(text);
                            }
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {
                        if (node instanceof Element element && element.isBlock()) {
                            lineBreak(text);
                        }
                    }
                },
                document.body());
        return text.toString().strip();
    }

    private static void lineBreak(StringBuilder text) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }
}
