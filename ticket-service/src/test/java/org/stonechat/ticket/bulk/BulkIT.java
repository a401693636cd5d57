package org.stonechat.ticket.bulk;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.max;
import static org.stonechat.ticket.World.openTicket;
import static org.stonechat.ticket.bulk.Jobs.finished;
import static org.stonechat.ticket.bulk.Jobs.start;

@QuarkusTest
@WithRealParts
class BulkIT {

    @Inject
    BulkWork work;

    @Inject
    DataSource dataSource;

    private final UUID department = UUID.randomUUID();
    private final UUID me = Tokens.of("bulk-" + department).id();

    @BeforeEach
    void setUp() {
        World.setUp();
        World.department(
                department,
                Map.of("name", "Bulk", "slug", "bulk-" + department.toString().substring(0, 8), "preset", "OPEN"));
    }

    private RequestSpecification agent() {
        return World.as(Tokens.of("bulk-" + department).role("agent").department(department));
    }

    private List<String> tickets(int count) {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            ids.add(openTicket(agent(), department, "bulk" + number + "@customers.example"));
        }
        return ids;
    }

    @Test
    @Proves("T-14")
    void shouldChangeManyTicketsByTheirIdsWithAResultForEach() {
        List<String> ids = tickets(5);
        String elsewhere = openTicket(bob(), LINDEN, "bulk-elsewhere@customers.example");
        List<String> asked = new ArrayList<>(ids);
        asked.add(elsewhere);

        String job = start(
                agent(),
                Map.of(
                        "ticketIds",
                        asked,
                        "change",
                        Map.of(
                                "patch",
                                Map.of("priority", "HIGH"),
                                "addTags",
                                List.of("swept"),
                                "assignment",
                                Map.of("agentId", me),
                                "comment",
                                "In one go",
                                "closure",
                                Map.of("as", "SOLVED", "reason", "Swept"))));

        JsonPath progress = finished(agent(), job);
        assertThat(progress.getString("state")).isEqualTo("DONE");
        assertThat(progress.getInt("total")).isEqualTo(6);
        assertThat(progress.getInt("changed")).isEqualTo(5);
        assertThat(progress.getInt("refused")).isEqualTo(1);
        agent().get("/api/v1/bulk-jobs/{id}/items?state=REFUSED", job)
                .then()
                .body("items.ticketId", equalTo(List.of(elsewhere)))
                .body("items[0].code", equalTo("not-found"));
        for (String id : ids) {
            agent().get("/api/v1/tickets/{id}", id)
                    .then()
                    .body("priority", equalTo("HIGH"))
                    .body("tags", hasItem("swept"))
                    .body("assigneeId", equalTo(me.toString()))
                    .body("stage.category", equalTo("SOLVED"));
            agent().get("/api/v1/tickets/{id}/history?limit=200", id)
                    .then()
                    .body("items.find { it.type == 'PriorityChanged' }.actor.id", equalTo(me.toString()));
        }
        bob().get("/api/v1/tickets/{id}", elsewhere).then().body("priority", equalTo("NORMAL"));
    }

    @Test
    @Proves("T-14")
    void shouldChangeAllOfAViewOrFilterAndPageThroughTheResults() {
        List<String> ids = tickets(7);
        World.patch(agent(), ids.getFirst(), Map.of("priority", "LOW")).statusCode(200);

        String job = start(
                agent(),
                Map.of(
                        "view",
                        "unassigned",
                        "filter",
                        Map.of("priorities", List.of("NORMAL")),
                        "change",
                        Map.of("patch", Map.of("category", "Parcels"))));

        assertThat(finished(agent(), job).getInt("changed")).isEqualTo(6);
        agent().get("/api/v1/tickets/{id}", ids.getFirst()).then().body("category", equalTo("Other"));
        agent().get("/api/v1/tickets/{id}", ids.getLast()).then().body("category", equalTo("Parcels"));
        String next = agent().get("/api/v1/bulk-jobs/{id}/items?limit=4", job)
                .then()
                .body("items.size()", equalTo(4))
                .extract()
                .path("next");
        agent().queryParam("after", next)
                .get("/api/v1/bulk-jobs/{id}/items?limit=4", job)
                .then()
                .body("items.size()", equalTo(2))
                .body("next", nullValue());
        agent().get("/api/v1/bulk-jobs").then().body("items.id", hasItem(job));
    }

    @Test
    @Proves("T-14")
    void shouldKeepToTheRightsOneHasForEachTicket() {
        String ticket = openTicket(bob(), LINDEN, "moderated@customers.example");
        Map<String, Object> close =
                Map.of("ticketIds", List.of(ticket), "change", Map.of("closure", Map.of("as", "CLOSED")));

        String job = start(bob(), close);

        assertThat(finished(bob(), job).getInt("refused")).isEqualTo(1);
        bob().get("/api/v1/bulk-jobs/{id}/items", job).then().body("items[0].code", equalTo("right-missing"));
        assertThat(finished(max(), start(max(), close)).getInt("changed")).isEqualTo(1);
        agent().get("/api/v1/bulk-jobs/{id}", job).then().statusCode(404);
        agent().get("/api/v1/bulk-jobs/{id}/items", job).then().statusCode(404);
        agent().delete("/api/v1/bulk-jobs/{id}", job).then().statusCode(404);
        carl().body(close).post("/api/v1/bulk-jobs").then().statusCode(403);
        RestAssured.given().get("/api/v1/bulk-jobs").then().statusCode(401);
    }

    @Test
    @Proves("T-14")
    void shouldBeSafeToRepeatAndToStop() {
        List<String> ids = tickets(300);
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = Map.of("ticketIds", ids, "change", Map.of("comment", "Only once"));

        String job = start(agent().header("Idempotency-Key", key), body);
        assertThat(start(agent().header("Idempotency-Key", key), body)).isEqualTo(job);
        assertThat(finished(agent(), job).getInt("changed")).isEqualTo(300);
        for (String id : List.of(ids.getFirst(), ids.getLast())) {
            agent().get("/api/v1/tickets/{id}/messages", id)
                    .then()
                    .body("items.findAll { it.kind == 'COMMENT' }.size()", equalTo(1));
        }
        agent().delete("/api/v1/bulk-jobs/{id}", job).then().statusCode(409).body("code", equalTo("bulk-over"));

        String second = start(agent(), Map.of("ticketIds", ids, "change", Map.of("addTags", List.of("stopped"))));
        int status = agent().delete("/api/v1/bulk-jobs/{id}", second)
                .then()
                .extract()
                .statusCode();
        JsonPath stopped = finished(agent(), second);
        // Either it was stopped in time, or it had done everything: nothing is left waiting, nothing is lost.
        assertThat(stopped.getInt("waiting")).isZero();
        assertThat(stopped.getInt("changed") + stopped.getInt("cancelled")).isEqualTo(300);
        assertThat(stopped.getString("state")).isEqualTo(status == 200 ? "CANCELLED" : "DONE");
    }

    @Test
    @Proves("T-14")
    void shouldReplyToManyCustomersAndLeaveDraftsAlone() {
        List<String> ids = tickets(2);
        agent().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "What I was about to write"))
                .put("/api/v1/tickets/{id}/draft", ids.getFirst())
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));

        String job = start(
                agent(),
                Map.of(
                        "ticketIds",
                        ids,
                        "change",
                        Map.of("reply", Map.of("bodyText", "The strike is over.", "solve", true))));

        assertThat(finished(agent(), job).getInt("changed")).isEqualTo(2);
        for (String id : ids) {
            agent().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("SOLVED"));
            agent().get("/api/v1/tickets/{id}/messages", id)
                    .then()
                    .body(
                            "items.findAll { it.kind == 'PUBLIC_REPLY' }.bodyText",
                            hasItem(org.hamcrest.Matchers.startsWith("The strike is over.")));
        }
        agent().get("/api/v1/tickets/{id}/draft", ids.getFirst())
                .then()
                .statusCode(200)
                .body("bodyText", equalTo("What I was about to write"));
    }

    @Test
    @Proves("T-14")
    void shouldGoOnWithWhatStillWaitsWhenAChunkIsTakenUpAgain() throws Exception {
        List<String> ids = tickets(3);
        UUID job = UUID.fromString(start(agent(), Map.of("ticketIds", ids, "change", Map.of("comment", "Swept"))));
        finished(agent(), job.toString());
        // As a process leaves it that died before the last ticket, and before it could say that it was done.
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update bulk_item set state = 'WAITING' where position = 2 and job_id = '" + job + "'");
            statement.execute("update bulk_job set state = 'RUNNING', finished_at = null where id = '" + job + "'");
        }

        Arc.container().requestContext().activate();
        try {
            Outcome outcome = work.perform(new WorkItem(
                    UUID.randomUUID(),
                    BulkWork.KIND,
                    job + ":0",
                    null,
                    2,
                    true,
                    EventJson.MAPPER.valueToTree(new BulkJobs.Chunk(job, 0, 3))));
            QuarkusTransaction.requiringNew().run(((Outcome.Done) outcome).inTransaction());
        } finally {
            Arc.container().requestContext().terminate();
        }

        assertThat(finished(agent(), job.toString()).getInt("changed")).isEqualTo(3);
        for (int place = 0; place < 3; place++) {
            agent().get("/api/v1/tickets/{id}/messages", ids.get(place))
                    .then()
                    .body("items.findAll { it.kind == 'COMMENT' }.size()", equalTo(place == 2 ? 2 : 1));
        }
    }

    @Test
    void shouldRefuseWhatSaysNothingOrTooMuch() {
        String ticket = tickets(1).getFirst();
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("ticketIds", List.of(ticket)),
                Map.of("change", Map.of("comment", "x")),
                Map.of("ticketIds", List.of(ticket), "change", Map.of()),
                Map.of("ticketIds", List.of(ticket), "view", "all", "change", Map.of("comment", "x")),
                Map.of("view", "nonsense", "change", Map.of("comment", "x")),
                Map.of("ticketIds", List.of(), "change", Map.of("comment", "x")),
                // What no ticket takes is not tried on many.
                Map.of("ticketIds", List.of(ticket), "change", Map.of("patch", Map.of("shade", "red"))),
                Map.of("ticketIds", List.of(ticket), "change", Map.of("patch", Map.of("priority", "HIGHEST"))),
                Map.of("ticketIds", List.of(ticket), "change", Map.of("patch", Map.of("subject", "two\nlines"))))) {
            agent().body(wrong).post("/api/v1/bulk-jobs").then().statusCode(400);
        }
        String job = start(
                agent(),
                Map.of("ticketIds", List.of(ticket), "change", Map.of("patch", Map.of("queueId", UUID.randomUUID()))));
        assertThat(finished(agent(), job).getInt("refused")).isEqualTo(1);
        agent().get("/api/v1/bulk-jobs/{id}/items", job).then().body("items[0].code", equalTo("queue-unknown"));
    }
}
