package org.stonechat.ticket.conversation;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BodyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>hello",
                "<img src=x onerror=alert(1)>hello",
                "<img src='https://tracker.example/pixel.gif'>hello",
                "<a href='javascript:alert(1)'>hello</a>",
                "<iframe src='https://evil.example'></iframe>hello",
                "<svg onload=alert(1)>hello</svg>",
                "<form action='https://evil.example'>hello</form>",
                "<div style='background:url(https://tracker.example)'>hello</div>"
            })
    void shouldTakeOutWhatCouldRunOrTellSomebody(String html) {
        Body body = Body.of(null, html);

        assertThat(body.html())
                .contains("hello")
                .doesNotContain("script", "onerror", "onload", "javascript", "https://", "<iframe", "<form", "style");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/tickets",
                "tickets/1",
                "../q",
                "?next=1",
                "#top",
                "//evil.example/login",
                "\\\\evil.example",
                "/\\evil.example",
                "https:evil.example",
                "https:/evil.example",
                "https:///evil.example",
                "http:\\\\evil.example",
                "&#47;&#47;evil.example",
                " //evil.example",
                "cid:lamp@x",
                "data:text/html,hi",
                "ftp://evil.example",
                "file:///etc/passwd"
            })
    void shouldTakeOutLinksThatLeadElsewhereDependingOnWhereTheyAreShown(String link) {
        Body body = Body.of(
                null,
                "<a href=\"" + link + "\">hello</a><img src=\"" + link + "x\" alt=\"lamp\"><table background=\"" + link
                        + "\"><tr><td style=\"background: url(" + link + ")\">cell</td></tr></table>");

        assertThat(body.html()).contains("hello", "cell").doesNotContain("href", "background", "style", "evil");
        if (!link.startsWith("cid:")) {
            assertThat(body.html()).doesNotContain("src");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/orders?id=1#top",
                "HTTP://shop.example",
                "mailto:carl@customers.example",
                "tel:+49301234"
            })
    void shouldKeepLinksThatSayWhereTheyLead(String link) {
        Body body = Body.of(null, "<a href=\"" + link + "\">hello</a>");

        assertThat(Jsoup.parseBodyFragment(String.valueOf(body.html()))
                        .select("a")
                        .attr("href"))
                .isEqualToIgnoringCase(link);
    }

    @Test
    void shouldKeepWhatIsHarmless() {
        Body body = Body.of(null, "<p dir=\"rtl\">Hello <b>Carl</b></p><img src=\"cid:lamp@x\" alt=\"a lamp\" />");

        assertThat(body.html()).contains("dir=\"rtl\"", "<b>Carl</b>", "cid:lamp");
    }

    @Test
    void shouldMakeATextOfHtml() {
        Body body = Body.of(null, "<p>Hello Carl,</p><ul><li>one</li><li>two</li></ul><p>Bye<br>Alice</p>");

        assertThat(body.text()).isEqualTo("Hello Carl,\n- one\n- two\nBye\nAlice");
    }

    @Test
    void shouldPreferTheGivenText() {
        assertThat(Body.of("plain", "<p>rich</p>").text()).isEqualTo("plain");
    }

    @Test
    void shouldDropNulWhichTheDatabaseCannotStore() {
        assertThat(Body.of("a\0b", "<p>c\0d</p>").text()).isEqualTo("ab");
    }

    @Test
    void shouldBeEmptyWithoutWords() {
        assertThat(Body.of("  ", "<p> </p>").isEmpty()).isTrue();
    }

    @Test
    void shouldKeepAllWordsOfHtmlHoweverDeepTheyAre() {
        Body body = Body.of(
                null,
                "<p>first</p>" + "<div>".repeat(50_000) + "deep<p>deeper</p>" + "</div>".repeat(50_000)
                        + "<p>last</p>");

        assertThat(body.text().split("\\s+")).containsExactly("first", "deep", "deeper", "last");
        assertThat(body.html()).contains("first", "deep", "deeper", "last").hasSizeLessThan(3_000);
    }
}
