package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.openTicket;

/// What a ticket says about itself, and what becomes of two who change it at once.
@QuarkusTest
@WithRealParts
class TicketPropertiesIT {

    private String id;

    @BeforeEach
    void setUp() {
        World.setUp();
        id = openTicket(alice(), NORTHWIND, "properties@customers.example");
    }

    private ValidatableResponse patch(String ifMatch, Map<String, Object> changes) {
        return World.patch(alice(), id, ifMatch, changes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOW", "NORMAL", "HIGH", "URGENT"})
    @Proves("T-1")
    void shouldTakeEachPriorityAndNoOther(String priority) {
        patch("*", Map.of("priority", priority)).statusCode(200).body("priority", equalTo(priority));
        alice().get("/api/v1/tickets/{id}", id).then().body("priority", equalTo(priority));
        for (String none : List.of("HIGHEST", priority.toLowerCase(java.util.Locale.ROOT), "")) {
            patch("*", Map.of("priority", none)).statusCode(400);
        }
    }

    @Test
    @Proves("T-1")
    void shouldTakeTagsInAnyWordsOnceEach() {
        List<String> tags = List.of("vip", "سفارش دیرکرد", "größe & passform", "🦊");

        patch("*", Map.of("tags", List.of("vip", "سفارش دیرکرد", "größe & passform", "🦊", "vip")))
                .statusCode(200);

        alice().get("/api/v1/tickets/{id}", id).then().body("tags", containsInAnyOrder(tags.toArray()));
        for (Object wrong : List.of(List.of("x".repeat(51)), List.of("two\nlines"), "vip")) {
            patch("*", Map.of("tags", wrong)).statusCode(400);
        }
    }

    @Test
    @Proves("T-1")
    void shouldSayWhatItIsCalledWhereItLiesAndSinceWhenItsCustomerWaits() {
        ValidatableResponse ticket =
                alice().get("/api/v1/tickets/{id}", id).then().statusCode(200);
        ticket.body("subject", equalTo("Where is my parcel?"))
                .body("departmentId", equalTo(NORTHWIND.toString()))
                .body("requester.address", equalTo("properties@customers.example"))
                .body("stage.category", equalTo("NEW"))
                .body("version", equalTo(1))
                .header("ETag", "\"1\"");
        String asked = alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .extract()
                .path("items[0].at");
        assertThat(Instant.parse(ticket.extract().path("waitingSince")))
                .isCloseTo(Instant.parse(asked), within(1, ChronoUnit.SECONDS));
        // Its number can be said on the telephone: few digits, and it finds the ticket.
        int number = ticket.extract().path("number");
        assertThat(String.valueOf(number)).matches("[0-9]{5,9}");
        alice().queryParam("q", number).get("/api/v1/search").then().body("items.ticket.id", hasItem(id));
    }

    @Test
    @Proves("T-9")
    void shouldLetOneOfManyWhoChangeTheSameVersionWin() throws Exception {
        List<Callable<Integer>> changes = new ArrayList<>();
        for (int person = 0; person < 6; person++) {
            String subject = "Said by " + person;
            changes.add(
                    () -> patch("\"1\"", Map.of("subject", subject)).extract().statusCode());
        }

        List<Integer> answers = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : people.invokeAll(changes)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).containsExactlyInAnyOrder(200, 412, 412, 412, 412, 412);
        int winner = answers.indexOf(200);
        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .body("subject", equalTo("Said by " + winner))
                .body("version", equalTo(2));
    }

    @Test
    @Proves("T-9")
    void shouldKeepToTheVersionWhicheverWayATicketIsChanged() {
        patch("\"1\"", Map.of("subject", "Meanwhile")).statusCode(200);
        for (Map.Entry<String, Map<String, Object>> change : Map.<String, Map<String, Object>>of(
                        "closure", Map.of("as", "SOLVED"),
                        "postponement", Map.of("amount", 1, "unit", "DAYS"),
                        "referral", Map.of("departmentId", World.LINDEN))
                .entrySet()) {
            alice().header("If-Match", "\"1\"")
                    .body(change.getValue())
                    .post("/api/v1/tickets/{id}/" + change.getKey(), id)
                    .then()
                    .statusCode(412)
                    .body("code", equalTo("version-stale"));
        }
        alice().header("If-Match", "\"1\"")
                .body(Map.of("agentId", World.person(1)))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(412);
        alice().header("If-Match", "\"1\"")
                .body(Map.of("name", "Carla"))
                .put("/api/v1/tickets/{id}/requester", id)
                .then()
                .statusCode(412);
        alice().get("/api/v1/tickets/{id}", id).then().body("version", equalTo(2));
    }
}
