package org.stonechat.rating;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.AccessContract;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@WithRealParts
class RatingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// A delay within which several events are taken in, also on a busy machine.
    private static final String A_WHILE = "PT10S";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern LINK = Pattern.compile("(/rate/[A-Za-z0-9_-]+)\\?face=satisfied");

    private final UUID department = UUID.randomUUID();
    private final UUID ticket = UUID.randomUUID();
    private final UUID contact = UUID.randomUUID();
    private String language = "en";
    private final String address = UUID.randomUUID() + "@customers.example";
    private final String admin = Tokens.of("ada").role("admin").allDepartments().build();
    private final String lead =
            Tokens.of("lena").role("lead").department(department).build();

    private EventSender sender;
    private EventCollector published;

    @BeforeEach
    void open() {
        sender = EventSender.open();
        published = EventCollector.on("ratings");
    }

    @AfterEach
    void close() {
        sender.close();
        published.close();
    }

    @Test
    @Proves({"S-2", "S-3", "S-5"})
    void shouldAskOnceAndTakeTheCustomersChoice() {
        switchOn("PT0S");
        created("nl");
        staged(2, "OPEN", "SOLVED");
        staged(2, "OPEN", "SOLVED");

        EventCollector.Published request = awaitOf("RatingRequested");
        assertThat(request.personal().at("/recipient/address").asText()).isEqualTo(address);
        assertThat(request.personal().get("subject").asText()).contains("[#10042]");
        assertThat(request.personal().get("html").asText()).contains("Tevreden", "face=dissatisfied");
        String page = page(request);

        given().get(page + "?face=satisfied")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("value=\"satisfied\" required checked"));
        given().formParam("text", "geen gezicht").post(page).then().statusCode(400);
        given().formParam("face", "satisfied")
                .formParam("text", "x".repeat(4001))
                .post(page)
                .then()
                .statusCode(400);
        assertThat(published.all()).noneMatch(event -> event.type().equals("RatingGiven") && of(event));

        given().contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("face", "satisfied")
                .formParam("text", "Snel en vriendelijk 👍")
                .post(page)
                .then()
                .statusCode(200)
                .body(containsString("Bedankt"));
        EventCollector.Published given = awaitOf("RatingGiven");
        assertThat(given.data().get("face").asText()).isEqualTo("SATISFIED");
        assertThat(given.personal().get("text").asText()).isEqualTo("Snel en vriendelijk 👍");
        assertThat(given.headers().get("ce_actor")).contains("CUSTOMER");

        given().formParam("face", "okay").post(page).then().statusCode(200);
        EventCollector.Published changed = awaitOf("RatingChanged");
        assertThat(changed.data().get("previousFace").asText()).isEqualTo("SATISFIED");
        for (EventCollector.Published event : published.all()) {
            if (of(event)) {
                Contracts.assertMatches("ratings", event.type(), event.data(), event.personal());
            }
        }
        assertThat(published.all().stream().filter(this::of).map(EventCollector.Published::type))
                .containsExactly("RatingRequested", "RatingGiven", "RatingChanged");

        String id = request.subject().toString();
        given().auth()
                .oauth2(lead)
                .get("/api/v1/ratings?face=OKAY")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(id))
                .body("items[0].ticketNumber", equalTo(10042));
        given().auth()
                .oauth2(lead)
                .get("/api/v1/ratings?face=SATISFIED")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0));

        staged(3, "SOLVED", "CLOSED");
        org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> given().get(page)
                        .then()
                        .statusCode(200)
                        .body(org.hamcrest.Matchers.not(containsString("<form"))));
        given().formParam("face", "dissatisfied").post(page).then().statusCode(409);
        given().auth().oauth2(lead).get("/api/v1/ratings/" + id).then().body("face", equalTo("OKAY"));
    }

    @Test
    @Proves("S-2")
    void shouldNotAskWhenTheTicketReopensWithinTheDelay() {
        switchOn(A_WHILE);
        created("en");
        staged(2, "OPEN", "SOLVED");
        staged(3, "SOLVED", "OPEN");
        staged(4, "OPEN", "SOLVED");

        awaitOf("RatingRequested");
        assertThat(published.all().stream().filter(this::of)).hasSize(1);
    }

    @Test
    void shouldWithdrawAnUnansweredRequestWhenTheConversationGoesOn() {
        switchOn("PT0S");
        created("en");
        staged(2, "OPEN", "SOLVED");
        String page = page(awaitOf("RatingRequested"));
        staged(3, "SOLVED", "OPEN");

        EventCollector.Published cancelled = awaitOf("RatingRequestCancelled");
        Contracts.assertMatches("ratings", cancelled.type(), cancelled.data(), cancelled.personal());
        given().get(page).then().statusCode(410);
        given().formParam("face", "okay").post(page).then().statusCode(410);
    }

    @Test
    @Proves("S-2")
    void shouldAskACustomerOnlyOnceInAWhileAndNeverAboutReviews() {
        switchOn("PT0S", "P7D");
        created("en");
        staged(2, "OPEN", "SOLVED");
        awaitOf("RatingRequested");
        UUID second = UUID.randomUUID();
        sender.send("tickets", "TicketCreated", second, 1, standing(second, "NEW", null), requester("en"));
        sender.send("tickets", "StageChanged", second, 2, change(second, "OPEN", "SOLVED", null), JSON.objectNode());
        UUID review = UUID.randomUUID();
        sender.send("tickets", "TicketCreated", review, 1, standing(review, "NEW", UUID.randomUUID()), requester("en"));
        sender.send(
                "tickets",
                "StageChanged",
                review,
                2,
                change(review, "OPEN", "SOLVED", UUID.randomUUID()),
                JSON.objectNode());
        UUID other = UUID.randomUUID();
        sender.send(
                "tickets",
                "TicketCreated",
                other,
                1,
                standing(other, "NEW", null),
                JSON.objectNode()
                        .set(
                                "requester",
                                JSON.objectNode()
                                        .put("name", "Dora")
                                        .put("address", "dora-" + other + "@customers.example")));
        sender.send("tickets", "StageChanged", other, 2, change(other, "OPEN", "SOLVED", null), JSON.objectNode());

        published.await(
                "the request of somebody else",
                event -> event.data().path("ticketId").asText().equals(other.toString()));
        assertThat(published.all())
                .noneMatch(event -> event.data().path("ticketId").asText().equals(second.toString())
                        || event.data().path("ticketId").asText().equals(review.toString()));
    }

    @Test
    @Proves({"S-2", "T-17"})
    void shouldNotAskAboutATicketThatWasMergedIntoAnother() {
        switchOn(A_WHILE);
        created("en");
        staged(2, "OPEN", "SOLVED");
        UUID survivor = UUID.randomUUID();
        merge("TicketMerged", 3, survivor);
        staged(4, "OPEN", "SOLVED");
        sender.send("tickets", "TicketCreated", survivor, 1, standing(survivor, "NEW", null), requester("en"));
        sender.send(
                "tickets", "StageChanged", survivor, 2, change(survivor, "OPEN", "SOLVED", null), JSON.objectNode());

        published.await(
                "the request about the other ticket",
                event -> event.data().path("ticketId").asText().equals(survivor.toString()));
        assertThat(published.all()).noneMatch(this::of);
    }

    @Test
    @Proves({"S-2", "T-17"})
    void shouldAskAgainAboutATicketWhoseMergeWasUndone() {
        switchOn("PT0S");
        created("en");
        UUID survivor = UUID.randomUUID();
        merge("TicketMerged", 2, survivor);
        merge("MergeUndone", 3, survivor);
        staged(4, "OPEN", "SOLVED");

        awaitOf("RatingRequested");
    }

    @Test
    void shouldNotAskAboutWhatHappenedBeforeATicketWasImported() {
        switchOn("PT0S");
        created("en");
        ObjectNode imported = change(ticket, "OPEN", "SOLVED", null);
        imported.put("why", "IMPORT");
        sender.send("tickets", "StageChanged", ticket, 2, imported, JSON.objectNode());
        staged(3, "SOLVED", "OPEN");
        staged(4, "OPEN", "SOLVED");

        awaitOf("RatingRequested");
        assertThat(published.all().stream().filter(this::of)).hasSize(1);
    }

    private void merge(String type, int sequence, UUID survivor) {
        ObjectNode data = standing(ticket, "OPEN", null);
        data.put("survivorId", survivor.toString())
                .put("survivorNumber", 10043)
                .put("mergedTicketId", ticket.toString())
                .put("mergedNumber", 10042);
        sender.send("tickets", type, ticket, sequence, data, JSON.objectNode());
    }

    @Test
    @Proves("S-7")
    void shouldMarkARatingInternalOnly() {
        switchOn("PT0S");
        created("de");
        staged(2, "OPEN", "SOLVED");
        EventCollector.Published request = awaitOf("RatingRequested");
        given().formParam("face", "dissatisfied").post(page(request)).then().statusCode(200);
        String path = "/api/v1/ratings/" + request.subject();
        String etag = given().auth()
                .oauth2(lead)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");

        given().auth()
                .oauth2(lead)
                .contentType("application/merge-patch+json")
                .body("{\"internalOnly\":true}")
                .patch(path)
                .then()
                .statusCode(428);
        String hiddenTag = given().auth()
                .oauth2(lead)
                .contentType("application/merge-patch+json")
                .header("If-Match", etag)
                .body("{\"internalOnly\":true}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("internalOnly", equalTo(true))
                .extract()
                .header("ETag");
        given().auth()
                .oauth2(lead)
                .contentType("application/merge-patch+json")
                .header("If-Match", etag)
                .body("{\"internalOnly\":false}")
                .patch(path)
                .then()
                .statusCode(412);
        assertMarked(awaitOf("RatingHidden"), request, "hiddenAt");

        given().auth()
                .oauth2(lead)
                .contentType("application/merge-patch+json")
                .header("If-Match", hiddenTag)
                .body("{\"internalOnly\":false}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("internalOnly", equalTo(false));
        assertMarked(awaitOf("RatingShown"), request, "shownAt");
        assertThat(published.all().stream().filter(this::of).map(EventCollector.Published::type))
                .containsExactly("RatingRequested", "RatingGiven", "RatingHidden", "RatingShown");
    }

    private void assertMarked(EventCollector.Published marked, EventCollector.Published request, String when) {
        Contracts.assertMatches("ratings", marked.type(), marked.data(), marked.personal());
        assertThat(marked.subject()).isEqualTo(request.subject());
        assertThat(marked.data().path("ratingId").asText())
                .isEqualTo(request.subject().toString());
        assertThat(marked.data().path("departmentId").asText()).isEqualTo(department.toString());
        assertThat(marked.data().has(when)).isTrue();
        assertThat(marked.headers().get("ce_actor")).contains("AGENT");
    }

    @Test
    @Proves("G-4")
    void shouldFollowItsTicketToAnotherDepartment() {
        UUID elsewhere = UUID.randomUUID();
        String newLead = Tokens.of("nora").role("lead").department(elsewhere).build();
        switchOn("PT0S");
        created("en");
        staged(2, "OPEN", "SOLVED");
        EventCollector.Published request = awaitOf("RatingRequested");
        given().formParam("face", "okay").post(page(request)).then().statusCode(200);
        String rating = "/api/v1/ratings/" + request.subject();
        given().auth().oauth2(newLead).get(rating).then().statusCode(404);

        GoldenExample referred = Contracts.example("tickets", "TicketReferred");
        referred.data()
                .put("ticketId", ticket.toString())
                .put("departmentId", elsewhere.toString())
                .put("fromDepartmentId", department.toString())
                .put("toDepartmentId", elsewhere.toString());
        sender.send("tickets", "TicketReferred", ticket, 3, referred.data(), referred.personal());

        org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> given().auth().oauth2(newLead).get(rating).then().statusCode(200));
        given().auth().oauth2(lead).get(rating).then().statusCode(404);
        given().auth()
                .oauth2(newLead)
                .get("/api/v1/ratings")
                .then()
                .body(
                        "items.id",
                        org.hamcrest.Matchers.hasItem(request.subject().toString()));
    }

    @Test
    @Proves("G-7")
    void shouldLeaveALineOfAChangedSetting() {
        switchOn("PT0S");
        setDelay("PT0S");
        setDelay("PT2H");

        String lines = "items.findAll { it.subjectId == '" + department + "' }";
        given().auth()
                .oauth2(admin)
                .get("/api/v1/operations/ratings/audit?kind=rating-setting&limit=200")
                .then()
                .statusCode(200)
                .body(lines + ".size()", equalTo(2))
                .body(lines + "[0].changes.field", equalTo(List.of("delay")))
                .body(lines + "[0].changes[0].from", equalTo("PT0S"))
                .body(lines + "[0].changes[0].to", equalTo("PT2H"));
        given().auth()
                .oauth2(lead)
                .get("/api/v1/operations/ratings/audit")
                .then()
                .statusCode(403);
    }

    @Test
    @Proves("S-1")
    void shouldShowTheMailInEveryLanguage() {
        switchOn("PT0S");
        for (String language : new String[] {"nl", "en", "de", "fr", "fa"}) {
            given().auth()
                    .oauth2(lead)
                    .get("/api/v1/rating-settings/" + department + "/preview?language=" + language)
                    .then()
                    .statusCode(200)
                    .body(
                            "html",
                            containsString(
                                    "lang=\"" + language + "\" dir=\"" + (language.equals("fa") ? "rtl" : "ltr")))
                    .body("text", containsString("/rate/preview?face=okay"));
        }
        given().auth()
                .oauth2(lead)
                .get("/api/v1/rating-settings/" + department + "/preview?language=xx")
                .then()
                .statusCode(400);
    }

    @Test
    @Proves("G-4")
    void shouldRefuseWhoMayNot() {
        switchOn("PT0S");
        created("en");
        staged(2, "OPEN", "SOLVED");
        EventCollector.Published request = awaitOf("RatingRequested");
        given().formParam("face", "okay").post(page(request)).then().statusCode(200);
        String rating = "/api/v1/ratings/" + request.subject();
        String setting = "/api/v1/rating-settings/" + department;
        String agent = Tokens.of("alice").role("agent").department(department).build();
        String stranger =
                Tokens.of("max").role("lead").department(UUID.randomUUID()).build();
        String strangeAdmin =
                Tokens.of("eve").role("admin").department(UUID.randomUUID()).build();
        String body = "{\"enabled\":true,\"stageCategories\":[\"SOLVED\"],\"published\":false}";

        for (String path : new String[] {rating, "/api/v1/ratings", setting, setting + "/preview"}) {
            given().get(path).then().statusCode(401);
            given().auth().oauth2(agent).get(path).then().statusCode(403);
        }
        given().auth().oauth2(stranger).get(rating).then().statusCode(404);
        given().auth().oauth2(stranger).get(setting).then().statusCode(404);
        given().auth().oauth2(stranger).get(setting + "/preview").then().statusCode(404);
        given().auth()
                .oauth2(stranger)
                .get("/api/v1/ratings?department=" + department)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(stranger)
                .get("/api/v1/ratings")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0));
        given().contentType("application/json").body(body).put(setting).then().statusCode(401);
        given().auth()
                .oauth2(lead)
                .contentType("application/json")
                .body(body)
                .put(setting)
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(strangeAdmin)
                .contentType("application/json")
                .body(body)
                .put(setting)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(stranger)
                .contentType("application/merge-patch+json")
                .header("If-Match", "\"1\"")
                .body("{\"internalOnly\":true}")
                .patch(rating)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(agent)
                .contentType("application/merge-patch+json")
                .body("{}")
                .patch(rating)
                .then()
                .statusCode(403);
        given().contentType("application/merge-patch+json")
                .body("{}")
                .patch(rating)
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(admin)
                .contentType("application/json")
                .body("{\"enabled\":true,\"stageCategories\":[\"NEW\"],\"published\":false}")
                .put(setting)
                .then()
                .statusCode(400)
                .body("code", equalTo("request-invalid"));
        given().auth()
                .oauth2(admin)
                .contentType("application/json")
                .body("{\"enabled\":true,\"stageCategories\":[\"SOLVED\"],\"published\":true}")
                .put(setting)
                .then()
                .statusCode(422)
                .body("code", equalTo("publishing-not-allowed"));
        String token = page(request).substring("/rate/".length());
        String forged = token.substring(0, 5) + (token.charAt(5) == 'A' ? 'B' : 'A') + token.substring(6);
        given().get("/rate/" + forged).then().statusCode(404);
        given().get("/rate/nonsense").then().statusCode(404);
        given().formParam("face", "okay").post("/rate/" + forged).then().statusCode(404);
    }

    @Test
    @Proves("G-4")
    void shouldShowTheRatingsOfClosedTeamsByTheTableOfAllServices() {
        UUID team = UUID.randomUUID();
        GoldenExample closed = Contracts.example("directory", "TeamDefined");
        closed.data().put("id", team.toString()).put("visibility", "INVITED_INTERNAL");
        closed.data().putArray("departmentIds").add(department.toString());
        sender.send("directory", "TeamDefined", team, 1, closed.data(), closed.personal());
        switchOn(team, "PT0S", "PT0S");
        sender.send(
                "tickets",
                "TicketCreated",
                ticket,
                1,
                standing(ticket, "NEW", null).put("language", "en").put("teamId", team.toString()),
                requester("en"));
        sender.send(
                "tickets",
                "StageChanged",
                ticket,
                2,
                change(ticket, "OPEN", "SOLVED", null).put("language", "en").put("teamId", team.toString()),
                JSON.objectNode());
        EventCollector.Published request = awaitOf("RatingRequested");
        given().formParam("face", "okay").post(page(request)).then().statusCode(200);
        String rating = "/api/v1/ratings/" + request.subject();
        String analyst = Tokens.of("ana").role("analyst").department(department).build();

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> given().auth().oauth2(analyst).get(rating).then().statusCode(404));
        given().auth()
                .oauth2(analyst)
                .get("/api/v1/ratings")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0));
        given().auth()
                .oauth2(lead)
                .get("/api/v1/ratings")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
        AccessContract.assertShowsClosedTeamsByTheTable(
                department,
                List.of("lead", "admin", "analyst"),
                token -> given().auth().oauth2(token).get(rating).statusCode() == 200);
    }

    private void setDelay(String delay) {
        given().auth()
                .oauth2(admin)
                .contentType("application/json")
                .body("{\"enabled\":true,\"delay\":\"" + delay + "\",\"perCustomer\":\"PT0S\","
                        + "\"stageCategories\":[\"SOLVED\"],\"published\":false}")
                .put("/api/v1/rating-settings/" + department)
                .then()
                .statusCode(200);
    }

    private void switchOn(String delay) {
        switchOn(delay, "PT0S");
    }

    private void switchOn(String delay, String perCustomer) {
        switchOn(department, delay, perCustomer);
    }

    private void switchOn(UUID scope, String delay, String perCustomer) {
        given().auth()
                .oauth2(admin)
                .contentType("application/json")
                .body("{\"enabled\":true,\"delay\":\"" + delay + "\",\"perCustomer\":\"" + perCustomer
                        + "\",\"stageCategories\":[\"SOLVED\"],\"published\":false}")
                .put("/api/v1/rating-settings/" + scope)
                .then()
                .statusCode(201);
    }

    private void created(String language) {
        this.language = language;
        sender.send(
                "tickets",
                "TicketCreated",
                ticket,
                1,
                standing(ticket, "NEW", null).put("language", language),
                requester(language));
    }

    private ObjectNode requester(String language) {
        return JSON.objectNode()
                .set(
                        "requester",
                        JSON.objectNode().put("name", "Carl " + language).put("address", address));
    }

    private void staged(long sequence, String from, String to) {
        ObjectNode data = change(ticket, from, to, null);
        data.put("language", language);
        sender.send("tickets", "StageChanged", ticket, sequence, data, JSON.objectNode());
    }

    private ObjectNode standing(UUID of, String category, UUID review) {
        ObjectNode data = JSON.objectNode()
                .put("ticketId", of.toString())
                .put("number", 10042)
                .put("departmentId", department.toString())
                .put("contactId", contact.toString())
                .put("channel", "MAIL")
                .put("priority", "NORMAL")
                .put("escalated", false);
        data.set(
                "stage",
                JSON.objectNode().put("id", UUID.randomUUID().toString()).put("category", category));
        if (review != null) {
            data.put("reviewId", review.toString());
        }
        return data;
    }

    private ObjectNode change(UUID of, String from, String to, UUID review) {
        ObjectNode data = standing(of, to, review);
        data.set("from", JSON.objectNode().put("category", from));
        data.set("to", JSON.objectNode().put("category", to));
        return data;
    }

    private EventCollector.Published awaitOf(String type) {
        return published.await(type, event -> type.equals(event.type()) && of(event));
    }

    private boolean of(EventCollector.Published event) {
        return event.data().path("ticketId").asText().equals(ticket.toString());
    }

    private static String page(EventCollector.Published request) {
        Matcher link = LINK.matcher(request.personal().get("text").asText());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }
}
