package org.stonechat.ticket.contact;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.customer;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.openTicket;

/// A customer of Linden's whom Northwind gets to know by a ticket alone.
@QuarkusTest
@WithRealParts
class SharedContactIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final String some = UUID.randomUUID().toString().substring(0, 8);
    private final String hidden = "s" + UUID.randomUUID().toString().replace("-", "");
    private final String preferred = hidden + "@home.example";
    private final String known = "sara-" + some + "@work.example";
    private final String elsewhere = "sara-" + some + "@elsewhere.example";

    private String organisation = "";
    private String contact = "";

    @BeforeEach
    void makeTheContact() {
        World.setUp();
        organisation = ada().body(Map.of("name", "Both", "departmentIds", List.of(NORTHWIND, LINDEN)))
                .post("/api/v1/organisations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        contact = make(
                bob(),
                Map.of(
                        "departmentId",
                        LINDEN,
                        "name",
                        "Sara Shared",
                        "addresses",
                        List.of(preferred, known),
                        "phone",
                        "+31 20 123 45 67",
                        "language",
                        "nl",
                        "preferredChannel",
                        "PORTAL",
                        "organisationId",
                        organisation));
    }

    private static String make(RequestSpecification who, Map<String, Object> body) {
        return who.body(body)
                .post("/api/v1/contacts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static ValidatableResponse patch(RequestSpecification who, String id, Map<String, ?> changes) {
        return who.contentType(MERGE_PATCH)
                .header("If-Match", "*")
                .body(EventJson.write(changes).getBytes(StandardCharsets.UTF_8))
                .patch("/api/v1/contacts/{id}", id)
                .then();
    }

    private static ValidatableResponse merge(RequestSpecification who, String id, String into) {
        return who.body(Map.of("into", into))
                .post("/api/v1/contacts/{id}/merge", id)
                .then();
    }

    private static RequestSpecification agentOfBoth() {
        return World.as(
                Tokens.of("agent-of-both").role("agent").department(LINDEN).department(NORTHWIND));
    }

    private static String requester(RequestSpecification who, String ticket) {
        return who.get("/api/v1/tickets/{id}", ticket)
                .then()
                .statusCode(200)
                .extract()
                .path("requester.id");
    }

    @Test
    @Proves("G-4")
    void shouldTellADepartmentThatOnlyMetAContactWhatItWasGiven() {
        openTicket(bob(), LINDEN, preferred);
        String ticket = openTicket(alice(), NORTHWIND, known);

        alice().get("/api/v1/tickets/{id}", ticket)
                .then()
                .body("requester.id", equalTo(contact))
                .body("requester.name", equalTo("Carl Customer"))
                .body("requester.address", equalTo(known))
                .body("language", equalTo("en"));
        alice().get("/api/v1/contacts/{id}", contact)
                .then()
                .statusCode(200)
                .body("whole", equalTo(false))
                .body("name", equalTo("Carl Customer"))
                .body("address", equalTo(known))
                .body("addresses", contains(known))
                .body("phone", nullValue())
                .body("language", nullValue())
                .body("preferredChannel", nullValue())
                .body("organisationId", nullValue());
        alice().get("/api/v1/contacts/{id}/preferred-channel", contact).then().body("channel", nullValue());
        alice().get("/api/v1/contacts/{id}/duplicates", contact).then().body("items", empty());
        alice().get("/api/v1/contacts/{id}/tickets", contact).then().body("items.id", contains(ticket));
        alice().get("/api/v1/tickets/{id}/context", ticket)
                .then()
                .body("contact.addresses", contains(known))
                .body("contact.phone", nullValue())
                .body("organisation", nullValue())
                .body("otherTickets", empty());
        alice().queryParam("q", "sara-" + some).get("/api/v1/search").then().body("items.ticket.id", contains(ticket));
        bob().get("/api/v1/contacts/{id}", contact)
                .then()
                .body("whole", equalTo(true))
                .body("name", equalTo("Sara Shared"))
                .body("addresses", contains(preferred, known))
                .body("organisationId", equalTo(organisation));
    }

    @Test
    @Proves("G-4")
    void shouldFindNothingOfAContactByWhatWasNotGiven() {
        String ticket = openTicket(alice(), NORTHWIND, known);

        alice().get("/api/v1/contacts?address=" + known).then().body("items.id", contains(contact));
        alice().get("/api/v1/contacts?address=" + preferred).then().body("items", empty());
        alice().get("/api/v1/contacts?organisation=" + organisation).then().body("items", empty());
        alice().queryParam("q", hidden).get("/api/v1/search").then().body("items.ticket.id", not(hasItem(ticket)));
        bob().get("/api/v1/contacts?address=" + preferred).then().body("items.id", contains(contact));
        bob().get("/api/v1/contacts?organisation=" + organisation).then().body("items.id", contains(contact));
    }

    @Test
    @Proves("G-4")
    void shouldChangeASharedContactOnlyWithTheRightInAllItsDepartments() {
        openTicket(alice(), NORTHWIND, known);

        patch(alice(), contact, Map.of("addresses", List.of(elsewhere)))
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("contact-shared"));
        patch(alice(), contact, Map.of("phone", "030 1")).statusCode(403).body("code", equalTo("contact-shared"));
        alice().body(Map.of("channel", "MAIL"))
                .put("/api/v1/contacts/{id}/preferred-channel", contact)
                .then()
                .statusCode(403);
        patch(bob(), contact, Map.of("addresses", List.of(elsewhere)))
                .statusCode(403)
                .body("code", equalTo("contact-shared"));
        patch(bob(), contact, Map.of("phone", "030 2")).statusCode(200).body("phone", equalTo("030 2"));
        bob().get("/api/v1/contacts/{id}", contact).then().body("addresses", contains(preferred, known));

        patch(agentOfBoth(), contact, Map.of("addresses", List.of(known, preferred)))
                .statusCode(200)
                .body("addresses", contains(known, preferred));
        patch(ada(), contact, Map.of("addresses", List.of(known, elsewhere)))
                .statusCode(200)
                .body("addresses", contains(known, elsewhere));
    }

    @Test
    @Proves("G-4")
    void shouldMergeASharedContactOnlyWithTheRightInAllItsDepartments() {
        String ticket = openTicket(bob(), LINDEN, preferred);
        openTicket(alice(), NORTHWIND, known);
        String login = "login-" + some + "@customers.example";
        String own = make(alice(), Map.of("departmentId", NORTHWIND, "addresses", List.of(login)));

        merge(alice(), contact, own).statusCode(403).body("code", equalTo("contact-shared"));
        merge(alice(), own, contact).statusCode(403).body("code", equalTo("contact-shared"));
        merge(bob(), contact, own).statusCode(404);
        customer(login).get("/api/v1/portal/tickets/{id}", ticket).then().statusCode(404);

        merge(agentOfBoth(), own, contact).statusCode(200).body("addresses", hasItems(preferred, known, login));
        customer(login).get("/api/v1/portal/tickets/{id}", ticket).then().statusCode(200);
        alice().delete("/api/v1/contacts/{id}/merge", own).then().statusCode(403);
        ada().delete("/api/v1/contacts/{id}/merge", own).then().statusCode(200);
        customer(login).get("/api/v1/portal/tickets/{id}", ticket).then().statusCode(404);
        merge(ada(), own, contact).statusCode(200);
    }

    @Test
    @Proves({"G-4", "T-8"})
    void shouldAnswerEachTicketAtItsOwnAddressWhateverBecomesOfTheContact() {
        String lindens = openTicket(bob(), LINDEN, preferred);
        String northwinds = openTicket(alice(), NORTHWIND, known);

        patch(ada(), contact, Map.of("addresses", List.of(elsewhere, known))).statusCode(200);

        assertThat(answered(bob(), lindens)).containsExactly(preferred);
        assertThat(answered(alice(), northwinds)).containsExactly(known);
        bob().get("/api/v1/tickets/{id}", lindens).then().body("requester.address", equalTo(preferred));
        String next = openTicket(bob(), LINDEN, elsewhere);
        assertThat(requester(bob(), next)).isEqualTo(contact);
        assertThat(answered(bob(), next)).containsExactly(elsewhere);
    }

    private static List<String> answered(RequestSpecification who, String ticket) {
        return who.body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Done.", "solve", true, "channel", "MAIL"))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .extract()
                .path("to.address");
    }

    @Test
    @Proves("G-4")
    void shouldNotLetALoginReadWhatOthersWereToldByAnAddressOfTheSameContact() {
        String victim = "victim-" + some + "@customers.example";
        String login = "login-" + some + "@customers.example";
        String claimed = make(alice(), Map.of("departmentId", NORTHWIND, "addresses", List.of(victim, login)));
        String ticket = openTicket(bob(), LINDEN, victim);
        assertThat(requester(bob(), ticket)).isEqualTo(claimed);

        customer(login).get("/api/v1/portal/tickets").then().body("items.id", not(hasItem(ticket)));
        customer(login).get("/api/v1/portal/tickets/{id}", ticket).then().statusCode(404);
        customer(login)
                .body(Map.of("bodyText", "x"))
                .post("/api/v1/portal/tickets/{id}/messages", ticket)
                .then()
                .statusCode(404);
        customer(victim).get("/api/v1/portal/tickets").then().body("items.id", contains(ticket));
        customer(victim).get("/api/v1/portal/tickets/{id}", ticket).then().statusCode(200);
    }

    @Test
    @Proves("G-4")
    void shouldNotTellThatAnAddressIsAnotherDepartmentsContacts() {
        String free = "free-" + some + "@customers.example";
        Map<String, Object> asked = Map.of("departmentId", NORTHWIND, "name", "S.", "phone", "030 3");

        for (String address : List.of(preferred, free)) {
            Map<String, Object> body = new java.util.HashMap<>(asked);
            body.put("addresses", List.of(address));
            String mine = make(alice(), body);
            assertThat(mine).isNotEqualTo(contact);
            alice().get("/api/v1/contacts/{id}", mine)
                    .then()
                    .body("whole", equalTo(true))
                    .body("address", equalTo(address))
                    .body("addresses", contains(address))
                    .body("phone", equalTo("030 3"));
            alice().get("/api/v1/contacts?address=" + address).then().body("items.id", contains(mine));
            assertThat(requester(alice(), openTicket(alice(), NORTHWIND, address)))
                    .isEqualTo(mine);
            alice().body(body).post("/api/v1/contacts").then().statusCode(409).body("contactId", equalTo(mine));
            patch(alice(), mine, Map.of("addresses", List.of(address, "more-" + address)))
                    .statusCode(200)
                    .body("addresses", contains(address, "more-" + address));
        }
        String other = make(alice(), Map.of("departmentId", NORTHWIND, "name", "T."));
        patch(alice(), other, Map.of("addresses", List.of(known)))
                .statusCode(200)
                .body("address", equalTo(known));

        String lindens = openTicket(bob(), LINDEN, preferred);
        assertThat(requester(bob(), lindens)).isEqualTo(contact);
        patch(bob(), contact, Map.of("phone", "030 4")).statusCode(200).body("addresses", contains(preferred, known));
        ada().body(Map.of("departmentId", LINDEN, "addresses", List.of(preferred)))
                .post("/api/v1/contacts")
                .then()
                .statusCode(409)
                .body("code", equalTo("address-taken"));
    }

    @Test
    @Proves("G-4")
    void shouldTellADepartmentThatATicketIsReferredToWhatTheTicketShows() {
        String address = "northwinds-" + some + "@customers.example";
        String theirs = make(
                alice(),
                Map.of(
                        "departmentId",
                        NORTHWIND,
                        "name",
                        "Nora",
                        "addresses",
                        List.of("other-" + address, address),
                        "phone",
                        "030 5"));
        String ticket = openTicket(alice(), NORTHWIND, address);
        alice().body(Map.of("departmentId", LINDEN))
                .post("/api/v1/tickets/{id}/referral", ticket)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 204));

        bob().get("/api/v1/tickets/{id}", ticket)
                .then()
                .statusCode(200)
                .body("requester.name", equalTo("Nora"))
                .body("requester.address", equalTo(address));
        bob().get("/api/v1/contacts/{id}", theirs)
                .then()
                .body("whole", equalTo(false))
                .body("name", equalTo("Nora"))
                .body("addresses", contains(address))
                .body("phone", nullValue());
        patch(bob(), theirs, Map.of("name", "x")).statusCode(403).body("code", equalTo("contact-shared"));
    }

    @Test
    @Proves("G-4")
    void shouldNameASharedContactAsRequesterByWhatWasGiven() {
        openTicket(alice(), NORTHWIND, known);
        String other = openTicket(alice(), NORTHWIND, "another-" + some + "@customers.example");

        alice().body(Map.of("contactId", contact))
                .put("/api/v1/tickets/{id}/requester", other)
                .then()
                .statusCode(200)
                .body("requester.id", equalTo(contact))
                .body("requester.name", equalTo("Carl Customer"))
                .body("requester.address", equalTo(known));
        lena().body(Map.of("name", "Sara", "address", preferred))
                .put("/api/v1/tickets/{id}/requester", other)
                .then()
                .statusCode(200)
                .body("requester.name", equalTo("Sara"))
                .body("requester.address", equalTo(preferred));
    }

    @Test
    @Proves("G-4")
    void shouldExportAndImportWhatTheDepartmentWasGiven() {
        UUID department = World.newDepartment(Map.of());
        RequestSpecification lead =
                World.as(Tokens.of("lead" + some).role("lead").department(department));
        RequestSpecification admin =
                World.as(Tokens.of("admin" + some).role("admin").department(department));
        String line = EventJson.write(Map.of(
                        "externalId",
                        "one",
                        "departmentId",
                        department,
                        "subject",
                        "From the old system",
                        "requester",
                        Map.of("name", "Sara of old", "address", known),
                        "createdAt",
                        "2024-01-01T00:00:00Z"))
                + "\n";
        admin.contentType("application/x-ndjson")
                .queryParam("source", "old-" + some)
                .body(line.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/imports")
                .then()
                .statusCode(202);

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> admin.get("/api/v1/exports/tickets")
                        .then()
                        .statusCode(200)
                        .body("items.ticket.requester.id", contains(contact))
                        .body("items[0].ticket.requester.name", equalTo("Sara of old"))
                        .body("items[0].ticket.requester.addresses", contains(known)));
        lead.get("/api/v1/contacts/{id}", contact)
                .then()
                .body("whole", equalTo(false))
                .body("phone", nullValue());
        lead.get("/api/v1/contacts").then().body("items.id", containsInAnyOrder(contact));
    }
}
