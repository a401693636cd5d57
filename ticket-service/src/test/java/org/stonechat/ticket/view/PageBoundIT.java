package org.stonechat.ticket.view;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

/// Pages that no index answers, among more tickets than anybody would wait for.
@QuarkusTest
@WithRealParts
class PageBoundIT {

    /// As many of the pool's as the service itself leaves for certain.
    private static final int CONNECTIONS = 8;

    @Inject
    DataSource dataSource;

    private final UUID department = UUID.randomUUID();
    private final String amount = "amount" + department.toString().substring(0, 8);

    @BeforeEach
    void setUp() {
        World.setUp();
        World.newDepartment(department, Map.of());
        World.newField(department, amount, "NUMBER", Map.of());
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "reader"));
    }

    private Map<String, Object> filter() {
        return Map.of("fields", List.of(Map.of("field", amount, "from", "10")));
    }

    private String ticketWithAmount() {
        String ticket = World.openTicket(agent(), department, "bound@customers.example");
        World.patch(agent(), ticket, Map.of("fields", Map.of(amount, 12))).statusCode(200);
        return ticket;
    }

    /// Whoever reads the table waits while this asks, as if there were no end of its rows: an answer that came did not
    /// wait for it.
    private Response whileNobodyCanRead(String table, Supplier<Response> ask) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                // An answer that waits for the lock comes at last, and is none of those that are expected.
                statement.execute("set local idle_in_transaction_session_timeout = '30s'");
                statement.execute("lock table " + table + " in access exclusive mode");
                return ask.get();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /// What stopped one statement stops no other, on whichever connection.
    private void noConnectionKeepsTheBound() throws SQLException {
        List<Connection> connections = new ArrayList<>();
        try {
            for (int count = 0; count < CONNECTIONS; count++) {
                Connection connection = dataSource.getConnection();
                connections.add(connection);
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("show statement_timeout")) {
                    row.next();
                    assertThat(row.getString(1)).isEqualTo("0");
                }
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static void isTooSlow(Response response) {
        response.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("list-too-slow"))
                .body("detail", containsString("Ask for less"));
    }

    @Test
    @Proves("T-12")
    void shouldGiveUpAPageThatTakesTooLongAndSayWhatToAskForInstead() throws SQLException {
        String ticket = ticketWithAmount();
        String view = Views.keepPrivate(agent(), Map.of("filter", filter()));

        isTooSlow(whileNobodyCanRead("ticket_field", () -> agent().get("/api/v1/tickets?view={view}", view)));

        noConnectionKeepsTheBound();
        agent().get("/api/v1/tickets?view={view}", view).then().statusCode(200).body("items.id", contains(ticket));
    }

    @Test
    @Proves("T-13")
    void shouldGiveUpASearchThatTakesTooLong() throws SQLException {
        String ticket = ticketWithAmount();
        long number = agent().get("/api/v1/tickets/{id}", ticket).jsonPath().getLong("number");

        isTooSlow(whileNobodyCanRead("ticket_search", () -> agent().get("/api/v1/search?q={number}", number)));

        noConnectionKeepsTheBound();
        agent().get("/api/v1/search?q={number}", number)
                .then()
                .statusCode(200)
                .body("items.ticket.id", contains(ticket));
    }

    @Test
    @Proves("T-14")
    void shouldBeginNoJobOnTicketsThatTakeTooLongToBeFound() throws SQLException {
        String ticket = ticketWithAmount();
        Map<String, Object> change = Map.of("filter", filter(), "change", Map.of("patch", Map.of("priority", "HIGH")));

        isTooSlow(whileNobodyCanRead("ticket_field", () -> agent().body(change).post("/api/v1/bulk-jobs")));

        noConnectionKeepsTheBound();
        agent().get("/api/v1/bulk-jobs").then().statusCode(200).body("items", empty());
        String job = agent().body(change)
                .post("/api/v1/bulk-jobs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        List<String> changed =
                agent().get("/api/v1/bulk-jobs/{id}/items", job).jsonPath().getList("items.ticketId");
        assertThat(changed).containsExactly(ticket);
    }
}
