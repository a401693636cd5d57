package org.stonechat.ticket.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.Rows;
import org.stonechat.ticket.World;
import org.stonechat.ticket.department.StageCategory;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithRealParts
class PipelineIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// The table in the canvas, once more.
    private static final Map<StageCategory, Set<StageCategory>> TABLE = new EnumMap<>(Map.of(
            StageCategory.NEW,
            Set.of(
                    StageCategory.OPEN,
                    StageCategory.PENDING,
                    StageCategory.ON_HOLD,
                    StageCategory.SOLVED,
                    StageCategory.CLOSED),
            StageCategory.OPEN,
            Set.of(StageCategory.PENDING, StageCategory.ON_HOLD, StageCategory.SOLVED, StageCategory.CLOSED),
            StageCategory.PENDING,
            Set.of(StageCategory.OPEN, StageCategory.ON_HOLD, StageCategory.SOLVED, StageCategory.CLOSED),
            StageCategory.ON_HOLD,
            Set.of(StageCategory.OPEN, StageCategory.PENDING, StageCategory.SOLVED, StageCategory.CLOSED),
            StageCategory.SOLVED,
            Set.of(StageCategory.OPEN, StageCategory.PENDING, StageCategory.ON_HOLD, StageCategory.CLOSED),
            StageCategory.CLOSED,
            Set.of(StageCategory.OPEN)));

    @Inject
    DataSource dataSource;

    private final UUID department = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "agent"));
    }

    private String address() {
        return "pipeline-" + department + "@customers.example";
    }

    private String open() {
        return World.openTicket(agent(), department, address());
    }

    private String mine() {
        String id = open();
        agent().body(Map.of("agentId", World.agentOf(department, "agent").id()))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);
        return id;
    }

    private ValidatableResponse move(String id, String stage) {
        return World.patch(agent(), id, Map.of("stageId", stage));
    }

    private void fold(String id, String as) {
        agent().body(Map.of("as", as))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);
    }

    /// @return the ticket the message went into
    private String customerWrites(String id) {
        return World.customer(address())
                .body(Map.of("bodyText", "I am still waiting."))
                .post("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .extract()
                .path("ticketId");
    }

    private ValidatableResponse read(String id) {
        return agent().get("/api/v1/tickets/{id}", id).then().statusCode(200);
    }

    private static Pipeline named(String name) {
        return name.equals("six") ? Pipeline.SIX : Pipeline.FOUR;
    }

    @ParameterizedTest
    @ValueSource(strings = {"six", "four"})
    @Proves({"T-3", "T-16"})
    void shouldLayAPipelineOnceAndStartNewTicketsOnItsInitialStage(String name) {
        Pipeline pipeline = named(name);

        Map<String, String> ids = pipeline.layIn(department);
        Map<String, String> again = pipeline.layIn(department);

        assertThat(again).containsAllEntriesOf(ids);
        World.ada()
                .get("/api/v1/departments/{id}/stages", department)
                .then()
                .statusCode(200)
                .body("items.label", equalTo(pipeline.labels()));
        World.ada()
                .get("/api/v1/stages?department=" + department)
                .then()
                .body("items.label", equalTo(pipeline.labels()));
        read(open()).body("stage.label", equalTo(pipeline.labels().getFirst()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"six", "four"})
    @Proves("T-3")
    void shouldAllowExactlyTheTransitionsOfTheTableAndNameTheLegalOnes(String name) {
        Pipeline pipeline = named(name);
        Map<String, String> ids = pipeline.layIn(department);
        for (String from : pipeline.labels()) {
            StageCategory before = StageCategory.valueOf(pipeline.categoryOf(from));
            List<String> legal = pipeline.labels().stream()
                    .filter(to -> !to.equals(from))
                    .filter(to -> {
                        StageCategory after = StageCategory.valueOf(pipeline.categoryOf(to));
                        return after == before || TABLE.get(before).contains(after);
                    })
                    .toList();
            for (String to : pipeline.labels()) {
                String id = open();
                if (!from.equals(pipeline.labels().getFirst())) {
                    move(id, ids.get(from)).statusCode(200);
                }
                read(id).body("allowedStages.label", equalTo(legal));
                if (to.equals(from)) {
                    continue;
                }
                ValidatableResponse moved = move(id, ids.get(to));
                if (legal.contains(to)) {
                    moved.statusCode(200).body("stage.label", equalTo(to));
                } else {
                    moved.statusCode(409)
                            .body("code", equalTo("transition-illegal"))
                            .body("allowed.label", equalTo(legal))
                            .body(
                                    "allowed.id",
                                    equalTo(legal.stream().map(ids::get).toList()));
                    read(id).body("stage.label", equalTo(from));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"six", "four"})
    @Proves("T-3")
    void shouldReturnToTheReopenStageWithItsOwnerWhenTheCustomerWrites(String name) {
        Pipeline pipeline = named(name);
        Map<String, String> ids = pipeline.layIn(department);
        for (String waiting : pipeline.labels()) {
            if (!Set.of("PENDING", "ON_HOLD", "SOLVED").contains(pipeline.categoryOf(waiting))) {
                continue;
            }
            String id = mine();
            move(id, ids.get(waiting)).statusCode(200);

            assertThat(customerWrites(id)).isEqualTo(id);

            read(id).body("stage.label", equalTo("Open"))
                    .body(
                            "assigneeId",
                            equalTo(World.agentOf(department, "agent").id().toString()))
                    .body("waitingSince", notNullValue());
        }
    }

    @Test
    @Proves("T-3")
    void shouldSolveToTheSolveStageAndOpenAFollowUpOnceClosed() {
        Pipeline.SIX.layIn(department);
        String id = open();

        fold(id, "SOLVED");
        read(id).body("stage.label", equalTo("Solved")).body("closedAt", nullValue());
        fold(id, "CLOSED");

        String followUp = customerWrites(id);
        assertThat(followUp).isNotEqualTo(id);
        read(id).body("stage.label", equalTo("Closed"));
        read(followUp)
                .body("followUpOf", equalTo(id))
                .body("stage.label", equalTo("New"))
                .body("channel", equalTo("FORM"));
        agent().get("/api/v1/tickets/{id}/links", followUp)
                .then()
                .body("items.ticketId", equalTo(List.of(id)))
                .body("items.how", equalTo(List.of("CONTINUES")));
        agent().get("/api/v1/tickets/{id}/links", id)
                .then()
                .body("items.ticketId", equalTo(List.of(followUp)))
                .body("items.how", equalTo(List.of("CONTINUED_BY")));
    }

    @Test
    @Proves("T-3")
    void shouldSolveToClosedAndReopenForTwoWeeksWithoutASolvedStage() {
        Pipeline.FOUR.layIn(department);
        World.ada().get("/api/v1/departments/{id}", department).then().body("reopenWindow", equalTo("PT336H"));
        String id = mine();

        fold(id, "SOLVED");
        read(id).body("stage.label", equalTo("Closed")).body("resolvedBy", notNullValue());
        assertThat(timer(id)).isEmpty();
        Rows.update(
                dataSource,
                "update ticket set closed_at = closed_at - interval '13 days 23 hours' where id = ?",
                UUID.fromString(id));
        assertThat(customerWrites(id)).isEqualTo(id);
        read(id).body("stage.label", equalTo("Open"))
                .body("closedAt", nullValue())
                .body("resolvedBy", nullValue());

        fold(id, "SOLVED");
        Rows.update(
                dataSource,
                "update ticket set closed_at = closed_at - interval '14 days' where id = ?",
                UUID.fromString(id));
        String followUp = customerWrites(id);
        assertThat(followUp).isNotEqualTo(id);
        read(followUp).body("followUpOf", equalTo(id)).body("stage.label", equalTo("Open"));
    }

    @Test
    @Proves("T-3")
    void shouldReopenWithinTheWindowOfTheDepartmentWhateverThePipeline() {
        UUID lenient = World.newDepartment(Map.of("reopenWindow", "PT48H"));
        RequestSpecification worker = World.as(World.agentOf(lenient, "worker"));
        String id = World.openTicket(worker, lenient, address());
        World.as(World.agentOf(lenient, "worker"))
                .body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);

        assertThat(customerWrites(id)).isEqualTo(id);
    }

    @Test
    @Proves("T-3")
    void shouldMarkAsEscalatedWhileItStandsOnSuchAStage() {
        Map<String, String> ids = Pipeline.FOUR.layIn(department);
        String id = open();

        move(id, ids.get("Escalated")).statusCode(200).body("escalated", equalTo(true));
        agent().get("/api/v1/tickets?view=escalated&department=" + department)
                .then()
                .body("items.id", equalTo(List.of(id)));
        move(id, ids.get("On hold")).statusCode(200).body("escalated", equalTo(false));

        World.patch(agent(), id, Map.of("escalated", true)).statusCode(200);
        move(id, ids.get("Escalated")).body("escalated", equalTo(true));
        // A person's own mark is not the stage's to take.
        move(id, ids.get("Open")).body("escalated", equalTo(true));
    }

    private java.util.Optional<Instant> timer(String id) {
        return Rows.time(
                dataSource,
                "select due_at from due_work where kind = 'ticket-auto-close' and subject = ? and state = 'OPEN'",
                id);
    }

    private Instant solvedAt(String id) {
        return Rows.time(dataSource, "select solved_at from ticket where id = ?", UUID.fromString(id))
                .orElseThrow();
    }

    @Test
    @Proves("T-3")
    void shouldSetATimerOf96HoursWithTheSolvingAndTakeItBackWithTheReopening() {
        String id = open();

        fold(id, "SOLVED");
        assertThat(timer(id)).contains(solvedAt(id).plus(Duration.ofHours(96)));
        customerWrites(id);
        assertThat(timer(id)).isEmpty();
    }

    @Test
    @Proves("T-3")
    void shouldMoveTheTimersOfWhatIsSolvedWhenTheDepartmentWaitsLongerOrShorter() {
        String id = open();
        fold(id, "SOLVED");
        Instant solved = solvedAt(id);

        settings(Map.of("autoCloseAfter", "PT200H"));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(timer(id)).contains(solved.plus(Duration.ofHours(200))));
        settings(Map.of("autoCloseAfter", "PT1S"));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> read(id).body("stage.category", equalTo("CLOSED")));
    }

    private void settings(Map<String, Object> changes) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", "Department " + department.toString().substring(0, 8));
        body.put("slug", "d-" + department.toString().substring(0, 8));
        body.put("preset", "OPEN");
        body.putAll(changes);
        World.department(department, body);
    }

    @Test
    @Proves({"T-3", "T-16"})
    void shouldKeepTicketsOnARetiredStageUntilTheyAreMoved() {
        Map<String, String> ids = Pipeline.SIX.layIn(department);
        String id = open();
        move(id, ids.get("Pending")).statusCode(200);
        Pipeline shorter = new Pipeline();
        Pipeline.SIX.stages.stream()
                .filter(stage -> !stage.get("label").equals("Pending"))
                .forEach(shorter.stages::add);

        shorter.layIn(department);

        World.ada()
                .get("/api/v1/departments/{id}/stages", department)
                .then()
                .body("items.label", equalTo(shorter.labels()));
        World.ada()
                .get("/api/v1/departments/{id}/stages?retired=true", department)
                .then()
                .body("items.find { it.label == 'Pending' }.retired", equalTo(true));
        read(id).body("stage.label", equalTo("Pending")).body("allowedStages.label", hasItem("Open"));
        move(open(), ids.get("Pending")).statusCode(409).body("code", equalTo("stage-retired"));
        customerWrites(id);
        read(id).body("stage.label", equalTo("Open")).body("allowedStages.label", not(hasItem("Pending")));
        try (EventCollector directory = EventCollector.on("directory")) {
            EventCollector.Published retired = directory.await(
                    "the retirement",
                    event -> "StageDefined".equals(event.type())
                            && ids.get("Pending").equals(event.subject().toString())
                            && event.data().path("retired").asBoolean());
            Contracts.assertMatches("directory", "StageDefined", retired.data(), retired.personal());
        }
    }

    @Test
    @Proves({"T-3", "T-16"})
    void shouldMoveTheTicketsOfARetiredStage() {
        Map<String, String> ids = Pipeline.SIX.layIn(department);
        String id = open();
        move(id, ids.get("Pending")).statusCode(200);
        Pipeline next = new Pipeline()
                .stage("New", "NEW", "initial")
                .stage("Open", "OPEN", "reopen")
                .stage("Waiting", "ON_HOLD")
                .stage("Solved", "SOLVED", "solve")
                .stage("Closed", "CLOSED", "close");

        next.layIn(department, Map.of(ids.get("Pending"), "Waiting"));

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> read(id).body("stage.label", equalTo("Waiting")));
        agent().get("/api/v1/tickets/{id}/history", id)
                .then()
                .body("items[-1].type", equalTo("StageChanged"))
                .body("items[-1].details.why", equalTo("STAGE_RETIRED"))
                .body("items[-1].actor.id", equalTo(World.person(5).toString()));
    }

    @Test
    @Proves("T-16")
    void shouldRefusePipelinesNobodyCanWorkAlong() {
        Map<String, String> ids = Pipeline.SIX.layIn(department);
        Map<String, Pipeline> wrong = Map.of(
                "no initial", new Pipeline().stage("Open", "OPEN", "reopen").stage("Closed", "CLOSED", "close"),
                "two initial",
                        new Pipeline()
                                .stage("New", "NEW", "initial")
                                .stage("Open", "OPEN", "initial", "reopen")
                                .stage("Closed", "CLOSED", "close"),
                "no close", new Pipeline().stage("Open", "OPEN", "initial", "reopen"),
                "folded initial",
                        new Pipeline().stage("Open", "OPEN", "reopen").stage("Closed", "CLOSED", "initial", "close"),
                "reopening to hold",
                        new Pipeline()
                                .stage("Open", "OPEN", "initial")
                                .stage("Hold", "ON_HOLD", "reopen")
                                .stage("Closed", "CLOSED", "close"),
                "solved without a solve stage",
                        new Pipeline()
                                .stage("Open", "OPEN", "initial", "reopen")
                                .stage("Solved", "SOLVED")
                                .stage("Closed", "CLOSED", "close"),
                "solving to closed",
                        new Pipeline()
                                .stage("Open", "OPEN", "initial", "reopen")
                                .stage("Closed", "CLOSED", "solve", "close"),
                "one label twice",
                        new Pipeline()
                                .stage("Open", "OPEN", "initial", "reopen")
                                .stage("open", "ON_HOLD")
                                .stage("Closed", "CLOSED", "close"));
        wrong.forEach((why, pipeline) -> World.ada()
                .body(Map.of("stages", pipeline.stages))
                .put("/api/v1/departments/{id}/stages", department)
                .then()
                .statusCode(422)
                .body("code", equalTo("pipeline-invalid")));
        Map<String, Object> recategorised = new HashMap<>(Pipeline.FOUR.stages.getFirst());
        recategorised.put("id", ids.get("Pending"));
        World.ada()
                .body(Map.of("stages", List.of(recategorised, Pipeline.FOUR.stages.get(3))))
                .put("/api/v1/departments/{id}/stages", department)
                .then()
                .statusCode(422)
                .body("code", equalTo("pipeline-invalid"));
        recategorised.put("id", UUID.randomUUID());
        World.ada()
                .body(Map.of("stages", List.of(recategorised, Pipeline.FOUR.stages.get(3))))
                .put("/api/v1/departments/{id}/stages", department)
                .then()
                .statusCode(422)
                .body("code", equalTo("stage-unknown"));
        World.ada()
                .body(Map.of("stages", Pipeline.FOUR.stages, "moves", Map.of(ids.get("Solved"), "Open")))
                .put("/api/v1/departments/{id}/stages", department)
                .then()
                .statusCode(422)
                .body("code", equalTo("pipeline-invalid"));
        World.ada()
                .body(Map.of("stages", List.of()))
                .put("/api/v1/departments/{id}/stages", department)
                .then()
                .statusCode(400);
        World.ada().get("/api/v1/departments/{id}/stages", department).then().body("items", hasSize(6));
    }

    @Test
    @Proves("G-4")
    void shouldKeepLayingToThoseWithTheRight() {
        Map<String, Object> body = Map.of("stages", Pipeline.FOUR.stages);
        String path = "/api/v1/departments/" + department + "/stages";
        io.restassured.RestAssured.given()
                .contentType("application/json")
                .body(body)
                .put(path)
                .then()
                .statusCode(401);
        World.carl().body(body).put(path).then().statusCode(403);
        World.carl().get(path).then().statusCode(403);
        World.alice().body(body).put(path).then().statusCode(404);
        World.alice().get(path).then().statusCode(404);
        agent().body(body).put(path).then().statusCode(403).body("code", equalTo("right-missing"));
        World.ada()
                .body(body)
                .put("/api/v1/departments/{id}/stages", UUID.randomUUID())
                .then()
                .statusCode(404);
    }
}
