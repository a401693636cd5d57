package org.stonechat.ticket.contact;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class ContactIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final String some = UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    private String make(Map<String, Object> body) {
        return alice().body(body)
                .post("/api/v1/contacts")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", notNullValue())
                .extract()
                .path("id");
    }

    private String make(String name, String... addresses) {
        return make(Map.of("departmentId", NORTHWIND, "name", name, "addresses", List.of(addresses)));
    }

    private static String contactOf(String ticket) {
        return ada().get("/api/v1/tickets/{id}", ticket).then().extract().path("requester.id");
    }

    @Test
    @Proves("T-15")
    void shouldKeepAContactWithSeveralAddressesAndFindItByEachOfThem() {
        String id = make(Map.of(
                "departmentId",
                NORTHWIND,
                "name",
                "Dana Voss",
                "addresses",
                List.of("Dana-" + some + "@Home.example", "dana-" + some + "@work.example"),
                "phone",
                "+49 30 1234567",
                "language",
                "de",
                "preferredChannel",
                "MAIL"));

        alice().get("/api/v1/contacts/{id}", id)
                .then()
                .statusCode(200)
                .body("name", equalTo("Dana Voss"))
                .body("address", equalTo("dana-" + some + "@home.example"))
                .body("addresses", contains("dana-" + some + "@home.example", "dana-" + some + "@work.example"))
                .body("phone", equalTo("+49 30 1234567"))
                .body("preferredChannel", equalTo("MAIL"))
                .body("language", equalTo("de"));
        String ticket = openTicket(alice(), NORTHWIND, "DANA-" + some + "@work.example");
        assertThat(contactOf(ticket)).isEqualTo(id);
        alice().queryParam("address", "dana-" + some + "@work.example")
                .get("/api/v1/contacts")
                .then()
                .body("items.id", contains(id));
        try (EventCollector contacts = EventCollector.on("contacts")) {
            EventCollector.Published changed = contacts.awaitType("ContactChanged", UUID.fromString(id));
            Contracts.assertMatches("contacts", "ContactChanged", changed.data(), changed.personal());
            assertThat(changed.personal().path("addresses")).hasSize(2);
        }
    }

    @Test
    @Proves("T-15")
    void shouldChangeAContactInTheVersionThatWasRead() {
        String id = make("Erik", "erik-" + some + "@customers.example");

        alice().contentType(MERGE_PATCH)
                .body(Map.of("name", "Erika"))
                .patch("/api/v1/contacts/{id}", id)
                .then()
                .statusCode(428);
        alice().contentType(MERGE_PATCH)
                .header("If-Match", "\"1\"")
                .body("{\"name\":\"Erika\",\"addresses\":[\"Erika-" + some
                        + "@customers.example\"],\"phone\":\"030 99\",\"language\":\"nl\"}")
                .patch("/api/v1/contacts/{id}", id)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("address", equalTo("erika-" + some + "@customers.example"));
        alice().contentType(MERGE_PATCH)
                .header("If-Match", "\"1\"")
                .body(Map.of("name", "Erik"))
                .patch("/api/v1/contacts/{id}", id)
                .then()
                .statusCode(412);

        alice().get("/api/v1/contacts?address=erik-" + some + "@customers.example")
                .then()
                .body("items", empty());
        String ticket = openTicket(alice(), NORTHWIND, "erika-" + some + "@customers.example");
        assertThat(contactOf(ticket)).isEqualTo(id);
        for (String bad : List.of(
                "{\"addresses\":[\"nonsense\"]}",
                "{\"addresses\":null}",
                "{\"addresses\":[null]}",
                "{\"phone\":\"call me\"}",
                "{\"preferredChannel\":\"REVIEW\"}",
                "{\"name\":\"\"}",
                "{\"name\":null,\"addresses\":[],\"phone\":null}")) {
            alice().contentType(MERGE_PATCH)
                    .header("If-Match", "*")
                    .body(bad)
                    .patch("/api/v1/contacts/{id}", id)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
        alice().get("/api/v1/contacts/{id}", id).then().header("ETag", "\"2\"");
    }

    @Test
    @Proves("T-15")
    void shouldKeepAnAddressWithOneContact() {
        String first = make("First", "taken-" + some + "@customers.example");
        String second = make("Second", "free-" + some + "@customers.example");

        alice().body(Map.of(
                        "departmentId",
                        NORTHWIND,
                        "addresses",
                        List.of("new-" + some + "@customers.example", "TAKEN-" + some + "@customers.example")))
                .post("/api/v1/contacts")
                .then()
                .statusCode(409)
                .body("code", equalTo("address-taken"))
                .body("contactId", equalTo(first));
        alice().contentType(MERGE_PATCH)
                .header("If-Match", "*")
                .body(Map.of("addresses", List.of("taken-" + some + "@customers.example")))
                .patch("/api/v1/contacts/{id}", second)
                .then()
                .statusCode(409);
    }

    @Test
    @Proves("T-15")
    void shouldKeepOrganisationsOfContacts() {
        String organisation = alice().body(Map.of("name", "Lampworks Ltd", "departmentIds", List.of(NORTHWIND)))
                .post("/api/v1/organisations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String contact = make(Map.of("departmentId", NORTHWIND, "name", "Olga", "organisationId", organisation));

        alice().get("/api/v1/organisations").then().body("items.id", hasItem(organisation));
        alice().get("/api/v1/contacts?organisation=" + organisation).then().body("items.id", contains(contact));
        alice().header("If-Match", "\"1\"")
                .body(Map.of("name", "Lampworks BV", "departmentIds", List.of(NORTHWIND), "note", "Pays late."))
                .put("/api/v1/organisations/{id}", organisation)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("name", equalTo("Lampworks BV"));
        alice().header("If-Match", "\"1\"")
                .body(Map.of("name", "Stale", "departmentIds", List.of(NORTHWIND)))
                .put("/api/v1/organisations/{id}", organisation)
                .then()
                .statusCode(412);
        bob().get("/api/v1/organisations/{id}", organisation).then().statusCode(404);
        bob().header("If-Match", "*")
                .body(Map.of("name", "Mine", "departmentIds", List.of(LINDEN)))
                .put("/api/v1/organisations/{id}", organisation)
                .then()
                .statusCode(404);
        bob().header("If-Match", "*")
                .delete("/api/v1/organisations/{id}", organisation)
                .then()
                .statusCode(404);
        alice().get("/api/v1/organisations/{id}", organisation)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("name", equalTo("Lampworks BV"));
        bob().body(Map.of("departmentId", LINDEN, "name", "x", "organisationId", organisation))
                .post("/api/v1/contacts")
                .then()
                .statusCode(422)
                .body("code", equalTo("organisation-unknown"));
        bob().body(Map.of("name", "x", "departmentIds", List.of(NORTHWIND)))
                .post("/api/v1/organisations")
                .then()
                .statusCode(404);
        carl().get("/api/v1/organisations").then().statusCode(403);
        alice().header("If-Match", "*")
                .delete("/api/v1/organisations/{id}", organisation)
                .then()
                .statusCode(409)
                .body("code", equalTo("organisation-in-use"));
        alice().contentType(MERGE_PATCH)
                .header("If-Match", "*")
                .body("{\"organisationId\":null}")
                .patch("/api/v1/contacts/{id}", contact)
                .then()
                .statusCode(200);
        bob().header("If-Match", "*")
                .delete("/api/v1/organisations/{id}", organisation)
                .then()
                .statusCode(404);
        alice().header("If-Match", "*")
                .delete("/api/v1/organisations/{id}", organisation)
                .then()
                .statusCode(204);
        alice().get("/api/v1/organisations/{id}", organisation).then().statusCode(404);
    }

    @Test
    @Proves("T-15")
    void shouldSuggestDuplicatesForGoodReasons() {
        String contact = make(Map.of(
                "departmentId",
                NORTHWIND,
                "name",
                "Fatima  Idrissi " + some,
                "addresses",
                List.of("fatima-" + some + "@customers.example"),
                "phone",
                "+31 20 555 " + some.replaceAll("[^0-9]", "1")));
        String sameName = make("fatima idrissi " + some, "other-" + some + "@elsewhere.example");
        String sameMailbox = make("F. I.", "fatima-" + some + "+shop@customers.example");
        String samePhone = make(Map.of(
                "departmentId", NORTHWIND, "name", "F", "phone", "0031 20 (555) " + some.replaceAll("[^0-9]", "1")));
        String stranger = make("Somebody else " + some, "else-" + some + "@customers.example");

        alice().get("/api/v1/contacts/{id}/duplicates", contact)
                .then()
                .statusCode(200)
                .body("items.contact.id", containsInAnyOrder(sameName, sameMailbox, samePhone))
                .body("items.contact.id", not(hasItem(stranger)))
                .body("items[0].reasons", contains("SAME_MAILBOX"))
                .body("items.find { it.contact.id == '" + samePhone + "' }.reasons", contains("SAME_PHONE"))
                .body("items.find { it.contact.id == '" + sameName + "' }.reasons", contains("SAME_NAME"));
        bob().get("/api/v1/contacts/{id}/duplicates", contact).then().statusCode(404);
    }

    @Test
    @Proves("T-15")
    void shouldMergeContactsAndUndoIt() {
        String stays = make("Greta", "greta-" + some + "@customers.example");
        String goes = make("Greta H.", "greta-" + some + "@work.example");
        String early = openTicket(alice(), NORTHWIND, "greta-" + some + "@work.example");

        alice().body(Map.of("into", stays))
                .post("/api/v1/contacts/{id}/merge", goes)
                .then()
                .statusCode(200)
                .body("id", equalTo(stays))
                .body("aliases", contains(goes))
                .body("addresses", hasItems("greta-" + some + "@customers.example", "greta-" + some + "@work.example"));
        alice().body(Map.of("into", stays))
                .post("/api/v1/contacts/{id}/merge", goes)
                .then()
                .statusCode(200);
        alice().body(Map.of("into", goes))
                .post("/api/v1/contacts/{id}/merge", stays)
                .then()
                .statusCode(409)
                .body("code", equalTo("merge-circular"));

        alice().get("/api/v1/contacts/{id}", goes).then().body("id", equalTo(stays));
        String late = openTicket(alice(), NORTHWIND, "greta-" + some + "@work.example");
        assertThat(contactOf(late)).isEqualTo(stays);
        alice().get("/api/v1/contacts/{id}/tickets", stays).then().body("items.id", contains(late, early));
        try (EventCollector contacts = EventCollector.on("contacts")) {
            for (String key : List.of(stays, goes)) {
                EventCollector.Published merged = contacts.awaitType("ContactsMerged", UUID.fromString(key));
                Contracts.assertMatches("contacts", "ContactsMerged", merged.data(), merged.personal());
                assertThat(merged.data().path("survivorId").asText()).isEqualTo(stays);
                assertThat(merged.data().path("mergedContactId").asText()).isEqualTo(goes);
            }
        }

        alice().delete("/api/v1/contacts/{id}/merge", goes)
                .then()
                .statusCode(200)
                .body("id", equalTo(goes))
                .body("aliases", empty());
        alice().delete("/api/v1/contacts/{id}/merge", goes)
                .then()
                .statusCode(409)
                .body("code", equalTo("not-merged"));
        alice().get("/api/v1/contacts/{id}/tickets", goes).then().body("items.id", contains(early));
        alice().get("/api/v1/contacts/{id}/tickets", stays).then().body("items.id", contains(late));
        assertThat(contactOf(openTicket(alice(), NORTHWIND, "greta-" + some + "@work.example")))
                .isEqualTo(goes);
        try (EventCollector contacts = EventCollector.on("contacts")) {
            for (String key : List.of(stays, goes)) {
                EventCollector.Published undone = contacts.awaitType("ContactMergeUndone", UUID.fromString(key));
                Contracts.assertMatches("contacts", "ContactMergeUndone", undone.data(), undone.personal());
            }
        }
    }

    @Test
    @Proves("T-15")
    void shouldLetAnAliasOfAnAliasFollowToTheSurvivor() {
        String a = make("A", "a-" + some + "@customers.example");
        String b = make("B", "b-" + some + "@customers.example");
        String c = make("C", "c-" + some + "@customers.example");

        alice().body(Map.of("into", b))
                .post("/api/v1/contacts/{id}/merge", a)
                .then()
                .statusCode(200);
        alice().body(Map.of("into", c))
                .post("/api/v1/contacts/{id}/merge", b)
                .then()
                .statusCode(200);

        alice().get("/api/v1/contacts/{id}", a).then().body("id", equalTo(c)).body("aliases", containsInAnyOrder(a, b));
        alice().body(Map.of("into", a))
                .post("/api/v1/contacts/{id}/merge", c)
                .then()
                .statusCode(409);
        alice().delete("/api/v1/contacts/{id}/merge", a).then().statusCode(200);
        alice().get("/api/v1/contacts/{id}", c).then().body("aliases", contains(b));
    }

    @Test
    @Proves("T-15")
    void shouldShowOtherTicketsAndEarlierReviewsBesideTheTicket() {
        String address = "beside-" + some + "@customers.example";
        String organisation = alice().body(Map.of("name", "Beside", "departmentIds", List.of(NORTHWIND)))
                .post("/api/v1/organisations")
                .then()
                .extract()
                .path("id");
        String contact = make(Map.of(
                "departmentId",
                NORTHWIND,
                "name",
                "Hugo",
                "addresses",
                List.of(address),
                "organisationId",
                organisation));
        String review = review(address);
        String first = openTicket(alice(), NORTHWIND, address);
        String second = openTicket(alice(), NORTHWIND, address);
        String elsewhere = openTicket(bob(), LINDEN, address);

        org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> alice().get("/api/v1/contacts/{id}/reviews", contact)
                        .then()
                        .statusCode(200)
                        .body("items.id", contains(review))
                        .body("items[0].stars", notNullValue()));
        alice().get("/api/v1/tickets/{id}/context", second)
                .then()
                .statusCode(200)
                .body("contact.id", equalTo(contact))
                .body("organisation.name", equalTo("Beside"))
                .body("otherTickets.id", hasItem(first))
                .body("otherTickets.id", not(hasItem(second)))
                .body("otherTickets.id", not(hasItem(elsewhere)))
                .body("reviews.id", contains(review));
        bob().get("/api/v1/tickets/{id}/context", second).then().statusCode(404);
        bob().get("/api/v1/contacts/{id}/tickets", contact).then().body("items.id", contains(elsewhere));
        alice().queryParam("limit", 1)
                .get("/api/v1/contacts/{id}/tickets", contact)
                .then()
                .body("items", hasSize(1))
                .body("next", notNullValue());
    }

    @Test
    @Proves("G-4")
    void shouldKeepContactsFromThoseWhoMayNotSeeThem() {
        String id = make("Ida", "ida-" + some + "@customers.example");
        String bobs = bob().body(Map.of("departmentId", LINDEN, "name", "Bob's"))
                .post("/api/v1/contacts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        for (String path : List.of("", "/tickets", "/reviews", "/duplicates")) {
            bob().get("/api/v1/contacts/" + id + path).then().statusCode(404);
            carl().get("/api/v1/contacts/" + id + path).then().statusCode(403);
        }
        bob().contentType(MERGE_PATCH)
                .header("If-Match", "*")
                .body(Map.of("name", "x"))
                .patch("/api/v1/contacts/{id}", id)
                .then()
                .statusCode(404);
        bob().body(Map.of("into", bobs))
                .post("/api/v1/contacts/{id}/merge", id)
                .then()
                .statusCode(404);
        bob().body(Map.of("into", id))
                .post("/api/v1/contacts/{id}/merge", bobs)
                .then()
                .statusCode(404);
        bob().delete("/api/v1/contacts/{id}/merge", id).then().statusCode(404);
        bob().body(Map.of("departmentId", NORTHWIND, "name", "x"))
                .post("/api/v1/contacts")
                .then()
                .statusCode(404);
    }

    private static String review(String address) {
        var example = Contracts.example("reviews", "ReviewRouted");
        UUID id = org.stonechat.kit.event.Uuid7.next();
        ObjectNode data = example.data().deepCopy();
        ObjectNode personal = example.personal().deepCopy();
        data.put("reviewId", id.toString())
                .put("departmentId", NORTHWIND.toString())
                .putNull("teamId");
        personal.put("authorEmail", address);
        try (EventSender sender = EventSender.open()) {
            sender.send("reviews", "ReviewRouted", id, 1, data, EventJson.read(personal.toString()));
        }
        return id.toString();
    }
}
