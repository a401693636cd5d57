package org.stonechat.kit.html;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShallowHtmlTest {

    @Test
    void shouldLeaveWhatPeopleWriteAsItIs() {
        String html = "<p>Dear <b>shop</b>,<br>the <a href=\"https://x.example/?a=1&amp;b=2\">lamp</a></p>"
                + "<table border=\"1\"><tr><td>1</td><td>2 &lt; 3</td></tr></table><ul><li>one</li></ul>";

        assertThat(ShallowHtml.of(html)).isEqualTo(html);
    }

    @Test
    void shouldCloseWhatIsLeftOpen() {
        assertThat(ShallowHtml.of("<p>a<p>b<ul><li>c<li>d</ul><table><tr><td>e<td>f<tr><td>g</table>h"))
                .isEqualTo("<p>a</p><p>b</p><ul><li>c</li><li>d</li></ul>"
                        + "<table><tr><td>e</td><td>f</td></tr><tr><td>g</td></tr></table>h");
    }

    @Test
    void shouldKeepTheWordsOfWhatIsTooDeepAndTheirOrder() {
        String html = "<div>".repeat(100_000) + "deep<div>deeper</div>words" + "</div>".repeat(50_000) + "after";

        String shallow = ShallowHtml.of(html);

        assertThat(depth(shallow)).isEqualTo(ShallowHtml.DEEPEST);
        assertThat(shallow.replaceAll("<[^>]*>", " ").strip().split("\\s+"))
                .containsExactly("deep", "deeper", "words", "after");
        assertThat(shallow.length()).isLessThan(2_000);
    }

    @Test
    void shouldNotLetFormattingBeOpenedAgainInEveryParagraph() {
        String html = "<font size=1><b><i><u><s><big><small><tt><code><em><strong>" + "<p>x</p>".repeat(1_000);

        assertThat(ShallowHtml.of(html)).doesNotContain("<em>").contains("<p>x</p>".repeat(1_000));
    }

    @Test
    void shouldSeeTheSameTagsAsEverybodyElse() {
        assertThat(ShallowHtml.of(
                        "<a href=x\"y><i>in</i></a><img alt='<div><div>' src=cid:1 =x><p title=\"a>b\">c</p>"))
                .isEqualTo("<a href=\"x&quot;y\"><i>in</i></a><img alt=\"&lt;div&gt;&lt;div&gt;\" src=\"cid:1\">"
                        + "<p title=\"a&gt;b\">c</p>");
    }

    @Test
    void shouldLeaveOutScriptsStylesAndCommentsAndNothingElse() {
        assertThat(ShallowHtml.of(
                        "<head><title>t</title><STYLE>p{}</Style></head><body>1 < 2<!-- x --><?xml?><!doctype x>"
                                + "<script>if (a<b) {}</script> &amp; <o:p>3</o:p></body>"))
                .isEqualTo("1 &lt; 2 &amp; <o:p>3</o:p>");
    }

    @Test
    void shouldTakeWhatNeverEndsForText() {
        assertThat(ShallowHtml.of("a<b title=\"c")).isEqualTo("a&lt;b title=\"c");
        assertThat(ShallowHtml.of("a<!-- b <i>c</i>")).isEqualTo("a b <i>c</i>");
        assertThat(ShallowHtml.of("<style>p{} <p>x")).contains("x");
    }

    @Test
    void shouldLookAtEverythingOnceHoweverOftenItSeemsToBegin() {
        for (String piece : new String[] {"<!--", "<style>", "<a \"", "<a b='", "</", "<", "<a b=c"}) {
            AtomicInteger seen = new AtomicInteger();
            AtomicInteger pieces = new AtomicInteger();
            HtmlTokens.read(piece.repeat(20_000), new HtmlTokens.Handler() {
                @Override
                public void text(String text) {
                    seen.addAndGet(text.length());
                    pieces.incrementAndGet();
                }

                @Override
                public void start(String name, Map<String, String> attributes) {
                    pieces.incrementAndGet();
                }

                @Override
                public void end(String name) {
                    pieces.incrementAndGet();
                }
            });

            assertThat(seen).hasValueLessThanOrEqualTo(piece.length() * 20_000);
            assertThat(pieces).hasValueLessThanOrEqualTo(40_001);
        }
    }

    @Test
    void shouldStopWritingWhereItBecomesTooLongAndSaySo() {
        ShallowHtml shallow = new ShallowHtml(100);
        HtmlTokens.read("<div>" + "<p>some words</p>".repeat(20) + "</div>", shallow);

        assertThat(shallow.isComplete()).isFalse();
        assertThat(shallow.html()).startsWith("<div><p>some words</p>").endsWith("</div>");
        assertThat(shallow.html().length()).isLessThan(120);
    }

    private static int depth(String html) {
        int deepest = 0;
        int depth = 0;
        for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
            if (html.startsWith("<br", at)) {
                continue;
            }
            depth += html.charAt(at + 1) == '/' ? -1 : 1;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }
}
