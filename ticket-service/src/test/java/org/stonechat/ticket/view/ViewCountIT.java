package org.stonechat.ticket.view;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

/// Counting what no index answers.
@QuarkusTest
@WithRealParts
class ViewCountIT {

    @Inject
    DataSource dataSource;

    private final UUID department = UUID.randomUUID();
    private final String mark = department.toString().substring(0, 8);

    @BeforeEach
    void setUp() {
        World.setUp();
        World.newDepartment(department, Map.of());
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "counter"));
    }

    private String star(Map<String, Object> filter) {
        String code = Views.keepPrivate(agent(), Map.of("filter", filter));
        agent().put("/api/v1/views/{code}/star", code).then().statusCode(204);
        return code;
    }

    private static ValidatableResponse isCounted(ValidatableResponse counts, String view, int count, boolean more) {
        return counts.body("items.find { it.code == '" + view + "' }.count", equalTo(count))
                .body("items.find { it.code == '" + view + "' }.more", equalTo(more));
    }

    @Test
    @Proves("T-12")
    void shouldGiveUpCountingAStarredViewThatTakesTooLongAndStillCountTheOthers() throws SQLException {
        World.newField(department, "amount" + mark, "NUMBER", Map.of());
        String ticket = World.openTicket(agent(), department, "count@customers.example");
        World.patch(agent(), ticket, Map.of("fields", Map.of("amount" + mark, 12)))
                .statusCode(200);
        String slow = star(Map.of("fields", List.of(Map.of("field", "amount" + mark, "from", "10"))));
        String quick = star(Map.of("priorities", List.of("NORMAL")));

        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Whoever looks into the values of fields waits now, as if there were very many of them.
            statement.execute("lock table ticket_field in access exclusive mode");
            ValidatableResponse counts =
                    agent().get("/api/v1/views/counts").then().statusCode(200);
            isCounted(counts, "all-open", 1, false);
            isCounted(counts, quick, 1, false);
            isCounted(counts, slow, 0, true);
            connection.rollback();
            connection.setAutoCommit(true);
        }

        // What stopped one statement stops no other, on whichever connection.
        for (int time = 0; time < 3; time++) {
            isCounted(agent().get("/api/v1/views/counts").then().statusCode(200), slow, 1, false);
        }
    }

    @Test
    @Proves("T-12")
    void shouldAnswerInTheOrderInWhichViewsAreAskedFor() {
        String saved = star(Map.of("open", true));
        World.openTicket(agent(), department, "count@customers.example");

        agent().get("/api/v1/views/counts?view=" + saved + "&view=all&view=my-open")
                .then()
                .statusCode(200)
                .body("items.code", equalTo(List.of(saved, "all", "my-open")))
                .body("items.count", equalTo(List.of(1, 1, 0)));
        World.as(Tokens.of("stranger" + department).role("agent").department(World.LINDEN))
                .get("/api/v1/views/counts?view=" + saved)
                .then()
                .statusCode(404);
        agent().delete("/api/v1/views/{id}", saved).then().statusCode(204);
        agent().get("/api/v1/views/counts").then().body("items.findAll { it.code == '" + saved + "' }", hasSize(0));
    }
}
