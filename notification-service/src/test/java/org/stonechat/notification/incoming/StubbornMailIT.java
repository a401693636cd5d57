package org.stonechat.notification.incoming;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.notification.world.MailServer;
import org.stonechat.notification.world.Shop;
import org.stonechat.notification.world.WithMailServer;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

/// One mail that is more than can be read, or cannot be had at all, stops none of the others.
@QuarkusTest
@WithRealParts
@WithMailServer
class StubbornMailIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CUSTOMER = "vera.lindt@kundin.example";

    private Shop shop;
    private EventCollector published;

    @BeforeEach
    void open() {
        shop = Shop.open();
        published = EventCollector.on("mail");
    }

    @AfterEach
    void close() {
        MailServer.handsOverEveryMail();
        published.close();
        shop.close();
    }

    @Test
    @Proves("N-2")
    void shouldKeepWhatCouldBeReadOfAMailBeyondTheBoundsAndSayWhyTheRestCouldNot() {
        shop.readsItsMail();
        StringBuilder nested = new StringBuilder("From: " + CUSTOMER + "\nSubject: deep\n"
                + "Message-ID: <deep@kundin.example>\nContent-Type: multipart/mixed; boundary=top\n\n"
                + "--top\n\nWords on top.\n--top\n");
        for (int level = 0; level < 70; level++) {
            nested.append("Content-Type: multipart/mixed; boundary=b%d.\n\n--b%d.\n".formatted(level, level));
        }
        nested.append("\nDeep words.\n");
        MailServer.send(CUSTOMER, shop.address, nested.toString());
        MailServer.send(
                CUSTOMER,
                shop.address,
                html("<divs@kundin.example>", "<div>".repeat(100_000) + "words" + "<div>more".repeat(10)));
        MailServer.send(CUSTOMER, shop.address, html("<behind@kundin.example>", "<p>behind</p>"));

        EventCollector.Published deep = received("<deep@kundin.example>");
        assertThat(deep.personal().path("bodyText").asText()).isEqualTo("Words on top.");
        assertThat(deep.data().path("attachments")).hasSize(1);
        entry(deep)
                .body(
                        "state",
                        equalTo("READ"),
                        "reason",
                        equalTo("Not all of it could be read: its parts are nested more than 60 deep."));
        shop.ticket().created(CUSTOMER).mailHandled(deep.subject(), "TICKET");
        await().atMost(PATIENCE).until(() -> entry(deep).extract().path("state").equals("HANDLED"));
        entry(deep).body("reason", equalTo("Not all of it could be read: its parts are nested more than 60 deep."));
        EventCollector.Published divs = received("<divs@kundin.example>");
        assertThat(divs.personal().path("bodyText").asText().split("\\s+"))
                .hasSize(11)
                .startsWith("words", "more");
        entry(divs).body("reason", nullValue());
        assertThat(received("<behind@kundin.example>")
                        .personal()
                        .path("bodyText")
                        .asText())
                .isEqualTo("behind");
    }

    @Test
    @Proves("N-2")
    void shouldReadTheMailsBehindOneThatTheServerDoesNotHandOverAndThatOneWhenItDoes() {
        MailServer.keepsTheFirstMailToItself();
        MailServer.send(CUSTOMER, shop.address, html("<kept@kundin.example>", "<p>kept</p>"));
        MailServer.send(CUSTOMER, shop.address, html("<next@kundin.example>", "<p>next</p>"));
        shop.readsItsMail();

        received("<next@kundin.example>");
        mailbox().body("unfetched", equalTo(1), "failingSince", nullValue());

        MailServer.handsOverEveryMail();

        assertThat(received("<kept@kundin.example>").personal().path("bodyText").asText())
                .isEqualTo("kept");
        await().atMost(PATIENCE)
                .until(() -> mailbox().extract().path("unfetched").equals(0));
    }

    @Test
    void shouldGoOnBehindAMailOverWhichTheServerHangsUp() {
        MailServer.hangsUpOverTheFirstMail();
        MailServer.send(CUSTOMER, shop.address, html("<hung@kundin.example>", "<p>hung</p>"));
        MailServer.send(CUSTOMER, shop.address, html("<then@kundin.example>", "<p>then</p>"));
        shop.readsItsMail();

        received("<then@kundin.example>");

        MailServer.handsOverEveryMail();
        received("<hung@kundin.example>");
    }

    private static String html(String messageId, String html) {
        return "From: " + CUSTOMER + "\nSubject: html\nMessage-ID: " + messageId
                + "\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + html + "\n";
    }

    private EventCollector.Published received(String messageId) {
        return published.await(
                "the mail " + messageId,
                event -> event.type().equals("MailReceived")
                        && event.data().path("departmentId").asText().equals(shop.department.toString())
                        && event.data().path("messageId").asText().equals(messageId));
    }

    private ValidatableResponse entry(EventCollector.Published mail) {
        return given().auth()
                .oauth2(shop.leadToken("lena"))
                .get("/api/v1/mail-ledger/" + mail.subject())
                .then()
                .statusCode(200);
    }

    private ValidatableResponse mailbox() {
        return given().auth()
                .oauth2(Tokens.of("ada").role("admin").allDepartments().build())
                .get("/api/v1/mailboxes/" + shop.mailbox)
                .then()
                .statusCode(200);
    }
}
