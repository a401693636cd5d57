package org.stonechat.notification.incoming;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.notification.world.MailServer;
import org.stonechat.notification.world.Shop;
import org.stonechat.notification.world.TestTicket;
import org.stonechat.notification.world.WithMailServer;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Which department's ticket a mail belongs to, and who sees its entry in the ledger.
@QuarkusTest
@WithRealParts
@WithMailServer
class WhoseMailIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CUSTOMER = "piet@veldkamp.example";

    private Shop northwind;
    private Shop linden;
    private EventCollector published;

    @BeforeEach
    void open() {
        northwind = Shop.open().readsItsMail();
        linden = Shop.open().readsItsMail();
        published = EventCollector.on("mail");
    }

    @AfterEach
    void close() {
        published.close();
        linden.close();
        northwind.close();
    }

    @Test
    @Proves("N-2")
    void shouldTakeAMailToTwoDesksForATicketOfEachAndAnswersForThatOfTheDeskTheyGoTo() {
        String first = toBothDesks();
        String second = toLindenAlone();
        MailServer.send(CUSTOMER, northwind.address, first);
        MailServer.send(CUSTOMER, linden.address, first);
        EventCollector.Published atNorthwind = received(northwind, "<desks-1.");
        EventCollector.Published atLinden = received(linden, "<desks-1.");
        assertThat(List.of(atNorthwind, atLinden))
                .allSatisfy(event ->
                        assertThat(event.data().path("classification").asText()).isEqualTo("NEW"));
        TestTicket ofNorthwind = northwind.ticket().created(CUSTOMER);
        ofNorthwind.mailHandled(atNorthwind.subject(), "TICKET");
        awaitState(northwind, atNorthwind.subject(), "HANDLED");
        TestTicket ofLinden = linden.ticket().created(CUSTOMER);
        ofLinden.mailHandled(atLinden.subject(), "TICKET");
        awaitState(linden, atLinden.subject(), "HANDLED");

        MailServer.send(CUSTOMER, linden.address, second);

        EventCollector.Published followUp = received(linden, "<desks-2.");
        assertThat(followUp.data().path("proposedTicketId").asText()).isEqualTo(ofLinden.id.toString());
        assertThat(followUp.data().path("foundBy").asText()).isEqualTo("REFERENCES");
        ofLinden.mailHandled(followUp.subject(), "MESSAGE");
        awaitState(linden, followUp.subject(), "HANDLED");
        as(northwind.agentToken("alice"))
                .get("/api/v1/mail-ledger/" + followUp.subject())
                .then()
                .statusCode(404);
        assertThat(entries(northwind.agentToken("alice")))
                .containsExactly(atNorthwind.subject().toString());
    }

    @Test
    void shouldTakeAnAnswerToAnotherDesksCopyForANewMail() {
        String first = toBothDesks();
        MailServer.send(CUSTOMER, northwind.address, first);
        EventCollector.Published atNorthwind = received(northwind, "<desks-1.");
        TestTicket ofNorthwind = northwind.ticket().created(CUSTOMER);
        ofNorthwind.mailHandled(atNorthwind.subject(), "TICKET");
        awaitState(northwind, atNorthwind.subject(), "HANDLED");

        MailServer.send(
                CUSTOMER,
                linden.address,
                toLindenAlone().replace("Re: Factuur", "Re: [#" + ofNorthwind.number + "] Factuur"));

        EventCollector.Published followUp = received(linden, "<desks-2.");
        assertThat(followUp.data().path("proposedTicketId").isNull()).isTrue();
        assertThat(followUp.data().path("classification").asText()).isEqualTo("NEW");
    }

    @Test
    void shouldFindTheTicketOfADeskAfterItWasReferredByWhicheverDeskTheCustomerAnswers() {
        MailServer.send(CUSTOMER, northwind.address, toBothDesks());
        EventCollector.Published first = received(northwind, "<desks-1.");
        TestTicket ticket = northwind.ticket().created(CUSTOMER);
        ticket.mailHandled(first.subject(), "TICKET");
        awaitState(northwind, first.subject(), "HANDLED");
        ticket.referredTo(linden.department);
        awaitSeen(linden.agentToken("lars"), first.subject());

        String answer = toLindenAlone();
        MailServer.send(CUSTOMER, linden.address, answer);
        MailServer.send(CUSTOMER, northwind.address, answer);

        assertThat(received(linden, "<desks-2.").data().path("proposedTicketId").asText())
                .isEqualTo(ticket.id.toString());
        assertThat(received(northwind, "<desks-2.")
                        .data()
                        .path("proposedTicketId")
                        .asText())
                .isEqualTo(ticket.id.toString());
    }

    @Test
    void shouldCountASignedAddressAtTheDeskWhoseAddressItIs() {
        TestTicket ticket = northwind.ticket().created(CUSTOMER);
        String signed = signedAddress(ticket);
        String answer = "From: Piet <" + CUSTOMER + ">\nTo: " + signed + "\nCc: " + linden.address
                + "\nSubject: Re: lamp\nMessage-ID: <signed.run@veldkamp.example>\n"
                + "Content-Type: text/plain; charset=utf-8\n\nVoor beide.\n";

        MailServer.send(CUSTOMER, northwind.address, answer);
        MailServer.send(CUSTOMER, linden.address, answer);

        EventCollector.Published own = received(northwind, "<signed.run@");
        assertThat(own.data().path("proposedTicketId").asText()).isEqualTo(ticket.id.toString());
        assertThat(own.data().path("foundBy").asText()).isEqualTo("SIGNED_ADDRESS");
        EventCollector.Published copy = received(linden, "<signed.run@");
        assertThat(copy.data().path("proposedTicketId").isNull()).isTrue();
    }

    @Test
    @Proves("G-4")
    void shouldShowTheMailOfAClosedTeamToItsMembersAndToLeadsAlone() {
        UUID member = Tokens.of("mia").id();
        UUID team = northwind.hasTeam("INVITED_INTERNAL", List.of(member));
        String mail = toBothDesks();
        MailServer.send(CUSTOMER, northwind.address, mail);
        UUID mailId = received(northwind, "<desks-1.").subject();
        northwind.ticket().ofTeam(team).created(CUSTOMER).mailHandled(mailId, "TICKET");
        awaitHidden(northwind.agentToken("alice"), mailId);
        MailServer.send(CUSTOMER, northwind.address, "Received: from elsewhere by here; later\n" + mail);
        await().atMost(PATIENCE).until(() -> copies(northwind.leadToken("lena")).size() == 1);
        String copy = copies(northwind.leadToken("lena")).getFirst();

        assertThat(entries(northwind.agentToken("alice"))).isEmpty();
        as(northwind.agentToken("alice"))
                .get("/api/v1/mail-ledger/" + copy)
                .then()
                .statusCode(404);
        as(northwind.agentToken("mia"))
                .get("/api/v1/mail-ledger/" + mailId)
                .then()
                .statusCode(200);
        assertThat(entries(northwind.agentToken("mia"))).hasSize(2);
        as(northwind.agentToken("mia"))
                .get("/api/v1/mail-ledger/" + mailId + "/raw")
                .then()
                .statusCode(403);
        as(northwind.leadToken("lena"))
                .get("/api/v1/mail-ledger/" + mailId + "/raw")
                .then()
                .statusCode(200);
        as(Tokens.of("ada").role("admin").allDepartments().build())
                .get("/api/v1/mail-ledger/" + mailId + "/raw")
                .then()
                .statusCode(200);
    }

    @Test
    @Proves("G-4")
    void shouldMoveTheMailWithItsTicketWhenThatIsReferredOrGivenToAClosedTeam() {
        MailServer.send(CUSTOMER, northwind.address, toBothDesks());
        UUID mailId = received(northwind, "<desks-1.").subject();
        UUID closed =
                linden.hasTeam("INVITED_INTERNAL", List.of(Tokens.of("lotte").id()));
        TestTicket ticket = northwind.ticket().created(CUSTOMER);
        ticket.mailHandled(mailId, "TICKET");
        awaitState(northwind, mailId, "HANDLED");

        ticket.referredTo(linden.department);

        awaitSeen(linden.agentToken("lars"), mailId);
        assertThat(entries(linden.agentToken("lars"))).hasSize(1);
        as(northwind.agentToken("alice"))
                .get("/api/v1/mail-ledger/" + mailId)
                .then()
                .statusCode(404);
        as(northwind.leadToken("lena"))
                .get("/api/v1/mail-ledger/" + mailId + "/raw")
                .then()
                .statusCode(404);
        assertThat(entries(northwind.leadToken("lena"))).isEmpty();
        as(linden.leadToken("leo"))
                .queryParam("department", linden.department)
                .get("/api/v1/mail-ledger/" + mailId + "/raw")
                .then()
                .statusCode(200);

        ticket.ofTeam(closed).assignedTo(Tokens.of("lotte").id());

        awaitHidden(linden.agentToken("lars"), mailId);
        assertThat(entries(linden.agentToken("lars"))).isEmpty();
        assertThat(entries(linden.agentToken("lotte"))).hasSize(1);
        assertThat(entries(linden.leadToken("leo"))).hasSize(1);
    }

    /// The address that a reply of the ticket's desk comes back to.
    private static String signedAddress(TestTicket ticket) {
        ticket.repliedTo(CUSTOMER, "Hallo Piet");
        return await().atMost(PATIENCE)
                .until(
                        () -> MailServer.inbox(CUSTOMER).stream()
                                .flatMap(WhoseMailIT::answeredTo)
                                .filter(address -> address.contains("+t." + ticket.number + "."))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Stream<String> answeredTo(MimeMessage mail) {
        try {
            return Arrays.stream(mail.getReplyTo()).map(address -> ((InternetAddress) address).getAddress());
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String toBothDesks() {
        return """
                From: Piet Veldkamp <piet@veldkamp.example>
                To: %s
                Subject: Factuur en garantie LB-77120
                Date: Tue, 10 Mar 2026 09:12:44 +0100
                Message-ID: <desks-1.%s@mail.casefile.example>
                Cc: %s
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                Beste winkel, beste Linden,

                aan de winkel: de factuur klopt niet (EUR 12 te veel).
                Aan Linden: de lamp LB-77120 flikkert, valt dat onder garantie?
                """.formatted(northwind.address, northwind.department, linden.address);
    }

    private String toLindenAlone() {
        return """
                From: Piet Veldkamp <piet@veldkamp.example>
                To: %2$s
                Subject: Re: Factuur en garantie LB-77120
                Date: Tue, 10 Mar 2026 11:02:03 +0100
                Message-ID: <desks-2.%1$s@mail.casefile.example>
                In-Reply-To: <desks-1.%1$s@mail.casefile.example>
                References: <desks-1.%1$s@mail.casefile.example>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                Alleen nog voor Linden: het serienummer is 4410-8831.
                """.formatted(northwind.department, linden.address);
    }

    private EventCollector.Published received(Shop shop, String idBeginsWith) {
        return published.await(
                "the mail " + idBeginsWith,
                event -> event.type().equals("MailReceived")
                        && event.data().path("departmentId").asText().equals(shop.department.toString())
                        && event.data().path("messageId").asText().startsWith(idBeginsWith));
    }

    private static void awaitState(Shop shop, UUID mailId, String state) {
        await().atMost(PATIENCE)
                .until(() -> as(shop.leadToken("lena"))
                        .get("/api/v1/mail-ledger/" + mailId)
                        .then()
                        .extract()
                        .path("state")
                        .equals(state));
    }

    private static void awaitSeen(String token, UUID mailId) {
        await().atMost(PATIENCE)
                .until(() -> as(token).get("/api/v1/mail-ledger/" + mailId).statusCode() == 200);
    }

    private static void awaitHidden(String token, UUID mailId) {
        await().atMost(PATIENCE)
                .until(() -> as(token).get("/api/v1/mail-ledger/" + mailId).statusCode() == 404);
    }

    private static List<String> entries(String token) {
        return as(token)
                .get("/api/v1/mail-ledger")
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    private static List<String> copies(String token) {
        return as(token)
                .queryParam("state", "DUPLICATE")
                .get("/api/v1/mail-ledger")
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }
}
