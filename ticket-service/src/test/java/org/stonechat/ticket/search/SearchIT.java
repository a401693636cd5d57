package org.stonechat.ticket.search;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class SearchIT {

    /// More than are looked up in one go.
    private static final int MANY = 1_500;

    @Inject
    DataSource database;

    private final UUID department = UUID.randomUUID();
    private final String mark = department.toString().substring(0, 8);

    @BeforeEach
    void setUp() {
        World.setUp();
        World.department(department, Map.of("name", "Searches", "slug", "searches-" + mark, "preset", "OPEN"));
    }

    private Tokens finder() {
        return Tokens.of("finder-" + department).role("agent").department(department);
    }

    private RequestSpecification agent() {
        return World.as(finder());
    }

    private String open(String subject, String name, String language, String text) {
        return agent().body(Map.of(
                        "departmentId",
                        department,
                        "contact",
                        Map.of("name", name),
                        "subject",
                        subject,
                        "language",
                        language,
                        "unassigned",
                        true,
                        "message",
                        Map.of("bodyText", text)))
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private List<String> find(String words) {
        return find(agent(), words);
    }

    private List<String> find(RequestSpecification who, String words) {
        return who.queryParam("q", words)
                .queryParam("limit", 200)
                .get("/api/v1/search")
                .then()
                .statusCode(200)
                .extract()
                .path("items.ticket.id");
    }

    @ParameterizedTest
    @CsvSource({
        "nl, De bestellingen zijn beschadigd aangekomen, beschadigde bestelling",
        "fr, Les colis abîmés ne sont pas remboursés, colis abime",
        "de, Die Lieferungen waren beschädigt und die Größe falsch, beschadigt LIEFERUNG",
        "en, My orders were never delivered to this address, delivering ORDER",
        "fa, سفارش من هنوز نرسیده است و می‌خواهم پولم را پس بگیرم, می‌خواهم سفارش",
        "fa, كتاب‌های ١٢٣٤٥ نرسید, کتابهای 12345",
        "fa, کِتابِ مَن نـــرسید, کتاب من نرسید",
        "fa, لامپ شکسته در خانه‌ی ما, خانه"
    })
    @Proves("T-13")
    void shouldFindWordsOfEachLanguageInWhateverForm(String language, String text, String words) {
        String found = open("About " + mark, "Somebody", language, text);
        open("About " + mark, "Somebody else", language, "Nothing of the kind");

        assertThat(find(words)).containsExactly(found);
    }

    @Test
    @Proves("T-13")
    void shouldFindEveryPartOfATicketRightAfterItChanged() {
        String id = open("A zanzibarian lamp", "Wilhelmina Quackenbush", "en", "It flickers like a firefly");
        long number = agent().get("/api/v1/tickets/{id}", id)
                .then()
                .extract()
                .jsonPath()
                .getLong("number");

        for (String words : List.of(
                "zanzibarian",
                "Quackenbush",
                "fireflies flicker",
                "lamp quackenbush firefly",
                String.valueOf(number))) {
            assertThat(find(words)).as(words).containsExactly(id);
        }
        assertThat(find("lamp elephant")).isEmpty();

        World.patch(agent(), id, Map.of("subject", "A tasmanian lamp", "tags", List.of("marsupial-desk")))
                .statusCode(200);
        assertThat(find("tasmanian")).containsExactly(id);
        assertThat(find("marsupial")).containsExactly(id);
        assertThat(find("zanzibarian")).isEmpty();

        agent().body(Map.of("kind", "COMMENT", "bodyText", "Ask the platypus department"))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        assertThat(find("platypus tasmanian")).containsExactly(id);
        assertThat(find("platy*")).containsExactly(id);
    }

    @Test
    @Proves("T-13")
    void shouldFindNamesAndNumbersThatWereMistyped() {
        String id = open("Order 4711223 " + mark, "Balthasar Krzyzanowski", "en", "Hello");

        for (String slip : List.of("Krzyzanovski", "Baltasar", "4711233", "471223", "47112230", "4711232")) {
            agent().queryParam("q", slip)
                    .get("/api/v1/search")
                    .then()
                    .statusCode(200)
                    .body("items.ticket.id", equalTo(List.of(id)))
                    .body("items[0].similar", equalTo(true));
        }
        agent().queryParam("q", "Krzyzanowski").get("/api/v1/search").then().body("items[0].similar", equalTo(false));
    }

    @Test
    @Proves("T-13")
    void shouldRankWhatStandsInTheSubjectAboveWhatStandsInAMessage() {
        String inSubject = open("Trampoline", "One", "en", "It broke");
        String inMessage = open("Something else", "Two", "en", "I also own a trampoline and other things");

        assertThat(find("trampoline")).containsExactly(inSubject, inMessage);
    }

    @Test
    @Proves("T-13")
    void shouldPageThroughEveryHitOnce() {
        List<String> opened = new ArrayList<>();
        for (int number = 0; number < 11; number++) {
            opened.add(open("Paging " + number, "Pager", "en", "The word is xylophone " + number));
        }
        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            RequestSpecification request = agent().queryParam("q", "xylophone").queryParam("limit", 4);
            if (after != null) {
                request.queryParam("after", after);
            }
            var page = request.get("/api/v1/search").then().statusCode(200).extract();
            seen.addAll(page.path("items.ticket.id"));
            after = page.path("next");
        } while (after != null);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(opened);
    }

    @Test
    @Proves("T-13")
    void shouldFilterWhatIsFound() {
        String urgent = open("Gramophone", "One", "en", "urgent");
        open("Gramophone", "Two", "en", "calm");
        World.patch(agent(), urgent, Map.of("priority", "URGENT", "tags", List.of("vip")))
                .statusCode(200);

        for (Map.Entry<String, String> filter :
                Map.of("priority", "URGENT", "tag", "vip").entrySet()) {
            assertThat(find(agent().queryParam(filter.getKey(), filter.getValue()), "gramophone"))
                    .containsExactly(urgent);
        }
        assertThat(find(agent().queryParam("stars", "1"), "gramophone")).isEmpty();
        assertThat(find(agent().queryParam("department", department), "gramophone"))
                .hasSize(2);
        agent().queryParam("department", LINDEN)
                .queryParam("q", "gramophone")
                .get("/api/v1/search")
                .then()
                .statusCode(404);
    }

    @Test
    @Proves({"T-13", "G-4"})
    void shouldFindOnlyWhatTheSearcherMaySee() {
        String id = open("Hippopotamus", "Hidden", "en", "unseen");
        String word = "Hippopotamus";

        assertThat(find(bob(), word)).doesNotContain(id);
        assertThat(find(World.ada(), word)).contains(id);
        Tokens stranger = Tokens.of("stranger-" + department).role("agent").department(LINDEN);
        assertThat(find(World.as(stranger), word)).doesNotContain(id);
        UUID team = UUID.randomUUID();
        World.team(team, "Closed", "closed-" + mark, department, "INVITED_INTERNAL");
        RequestSpecification lead =
                World.as(Tokens.of("lead-" + department).role("lead").department(department));
        lead.body(Map.of("teamId", team))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);
        assertThat(find(word)).isEmpty();
        carl().queryParam("q", word).get("/api/v1/search").then().statusCode(403);
        RestAssured.given().queryParam("q", word).get("/api/v1/search").then().statusCode(401);
    }

    @Test
    void shouldRefuseWhatCannotBeSearched() {
        agent().get("/api/v1/search").then().statusCode(400);
        agent().queryParam("q", " ").get("/api/v1/search").then().statusCode(400);
        agent().queryParam("q", "x".repeat(201)).get("/api/v1/search").then().statusCode(400);
        agent().queryParam("q", "x")
                .queryParam("after", "nonsense")
                .get("/api/v1/search")
                .then()
                .statusCode(400);
        for (String odd : List.of("'); drop table ticket; --", "a & | ! ( : *", "\\ ' \"", "😀", "***", "the", "و")) {
            agent().queryParam("q", odd).get("/api/v1/search").then().statusCode(200);
        }
        openTicket(agent(), department, "still@customers.example");
    }

    @Test
    @Proves("T-13")
    void shouldGiveEachOfManyHitsOnceWhereverTheyLie() throws Exception {
        // given: the older half has one word, the newer half another
        String old = "kranvogel" + mark;
        String recent = "eisvogel" + mark;
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < 2 * MANY; line++) {
            lines.append(EventJson.write(Map.of(
                            "externalId",
                            mark + "-" + line,
                            "departmentId",
                            department,
                            "subject",
                            line < MANY ? old : recent,
                            "requester",
                            Map.of("name", "Somebody"),
                            "createdAt",
                            "2024-02-03T10:00:00Z")))
                    .append('\n');
        }
        String job = World.ada()
                .contentType("application/x-ndjson")
                .queryParam("source", "search-" + mark)
                .body(lines.toString().getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/imports")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() ->
                        World.ada().get("/api/v1/imports/{id}", job).then().body("created", equalTo(2 * MANY)));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze ticket_search");
        }

        for (String word : List.of(recent, old, old + "*", old + " somebody")) {
            // when
            List<String> found = pages(word);

            // then
            assertThat(found).as(word).hasSize(MANY).doesNotHaveDuplicates();
        }
    }

    private List<String> pages(String words) {
        List<String> found = new ArrayList<>();
        String next = null;
        do {
            RequestSpecification asked = agent().queryParam("q", words).queryParam("limit", 200);
            JsonPath page = (next == null ? asked : asked.queryParam("after", next))
                    .get("/api/v1/search")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("items.ticket.id"));
            next = page.getString("next");
        } while (next != null);
        return found;
    }
}
