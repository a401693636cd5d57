package org.stonechat.ticket.view;

import java.util.LinkedHashMap;
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
import org.stonechat.ticket.Rows;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.stonechat.ticket.World.stageOf;

/// Every filter, sorting and column of a list: what fits is there, and what does not is not.
@QuarkusTest
@WithRealParts
class TicketFilterIT {

    @Inject
    DataSource dataSource;

    private final UUID department = UUID.randomUUID();
    private final UUID team = UUID.randomUUID();
    private final String mark = department.toString().substring(0, 8);
    private final Tokens me = World.agentOf(department, "filterer");

    private UUID queue;
    private UUID type;

    /// It has everything a filter can ask for, and the other one nothing of it.
    private String fits;
    private String other;

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
        World.team(team, "Filters", "filters-" + mark, department, "INTERNAL");
        queue = World.newChoice(department, "queues", "Returns");
        type = World.newChoice(department, "ticket-types", "Returns");
        World.newChoice(department, "categories", "Delivery");
        List<Map<String, Object>> colours =
                List.of(Map.of("code", "red", "label", "Red"), Map.of("code", "blue", "label", "Blue"));
        field("order", "TEXT", Map.of());
        field("weight", "NUMBER", Map.of());
        field("bought", "DATE", Map.of());
        field("colour", "CHOICE", Map.of("choices", colours));
        field("parts", "MULTI_CHOICE", Map.of("choices", colours));
        field("insured", "CHECKBOX", Map.of());
        fits = open(Map.of(
                "queueId", queue,
                "typeId", type,
                "category", "Delivery",
                "priority", "HIGH",
                "channel", "PHONE",
                "language", "fa",
                "tags", List.of("vip", "abroad"),
                "dueAt", "2030-01-01T00:00:00Z",
                "fields",
                        Map.of(
                                "order" + mark,
                                "ORD-77",
                                "weight" + mark,
                                12.5,
                                "bought" + mark,
                                "2026-02-28",
                                "colour" + mark,
                                "red",
                                "parts" + mark,
                                List.of("red", "blue"),
                                "insured" + mark,
                                true)));
        agent().body(Map.of("agentId", me.id(), "teamId", team))
                .put("/api/v1/tickets/{id}/assignment", fits)
                .then()
                .statusCode(200);
        World.patch(agent(), fits, Map.of("escalated", true, "stageId", stageOf(department, "ON_HOLD")))
                .statusCode(200);
        Rows.update(
                dataSource,
                "update ticket set created_at = created_at - interval '30 days', face = 'SATISFIED', stars = 2,"
                        + " waiting_since = waiting_since - interval '3 days' where id = ?",
                UUID.fromString(fits));
        other = open(Map.of(
                "priority",
                "LOW",
                "channel",
                "LETTER",
                "tags",
                List.of("plain"),
                "dueAt",
                "2031-01-01T00:00:00Z",
                "fields",
                Map.of(
                        "order" + mark,
                        "ORD-78",
                        "weight" + mark,
                        99,
                        "bought" + mark,
                        "2026-03-01",
                        "colour" + mark,
                        "blue",
                        "parts" + mark,
                        List.of("blue"),
                        "insured" + mark,
                        false)));
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "filterer"));
    }

    private void field(String name, String kind, Map<String, Object> more) {
        World.newField(department, name + mark, kind, more);
    }

    private String open(Map<String, Object> more) {
        return World.openTicket(agent(), department, UUID.randomUUID() + "@customers.example", more);
    }

    private List<String> list(Map<String, Object> definition) {
        return Views.list(agent(), Views.keepPrivate(agent(), definition));
    }

    private String contactOf(String ticket) {
        return agent().get("/api/v1/tickets/{id}", ticket).then().extract().path("requester.id");
    }

    @Test
    @Proves("T-12")
    void shouldFilterByEverythingAViewCanAskFor() {
        Map<String, Object> filters = new LinkedHashMap<>();
        filters.put("teamIds", List.of(team));
        filters.put("queueIds", List.of(queue));
        filters.put("assigneeIds", List.of(me.id()));
        filters.put("mine", true);
        filters.put("unassigned", false);
        filters.put("stageIds", List.of(stageOf(department, "ON_HOLD")));
        filters.put("stageCategories", List.of("ON_HOLD", "CLOSED"));
        filters.put("priorities", List.of("HIGH", "URGENT"));
        filters.put("escalated", true);
        filters.put("typeIds", List.of(type));
        filters.put("categories", List.of("Delivery"));
        filters.put("tags", List.of("abroad", "nowhere"));
        filters.put("channels", List.of("PHONE"));
        filters.put("languages", List.of("fa"));
        filters.put("stars", List.of(1, 2));
        filters.put("ratings", List.of("SATISFIED"));
        filters.put("contactId", contactOf(fits));
        filters.put("createdTo", created(other));
        filters.put("dueBefore", "2030-06-01T00:00:00Z");
        filters.put("waitingFor", "PT48H");

        filters.forEach((property, value) -> assertThat(list(Map.of("filter", Map.of(property, value))))
                .as(property)
                .containsExactly(fits));
        Map<String, Object> opposite =
                Map.of("mine", false, "unassigned", true, "escalated", false, "createdFrom", created(other));
        opposite.forEach((property, value) -> assertThat(list(Map.of("filter", Map.of(property, value))))
                .as("%s %s", property, value)
                .containsExactly(other));
        assertThat(list(Map.of("filter", Map.of("open", true)))).containsExactly(fits, other);
        assertThat(list(Map.of("filter", Map.of("departmentIds", List.of(department)))))
                .containsExactly(fits, other);
        // All of them at once, as nobody would.
        assertThat(list(Map.of("filter", filters))).containsExactly(fits);
        agent().body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", fits)
                .then()
                .statusCode(200);
        assertThat(list(Map.of("filter", Map.of("open", false)))).containsExactly(fits);
    }

    private String created(String ticket) {
        return agent().get("/api/v1/tickets/{id}", ticket).then().extract().path("createdAt");
    }

    @Test
    @Proves({"T-12", "T-16"})
    void shouldFilterByCustomFieldsOfEveryKind() {
        for (Map<String, Object> filter : List.<Map<String, Object>>of(
                Map.of("field", "order" + mark, "values", List.of("ORD-77", "ORD-0")),
                Map.of("field", "weight" + mark, "values", List.of("12.50")),
                Map.of("field", "weight" + mark, "from", "12.5", "to", "98"),
                Map.of("field", "bought" + mark, "values", List.of("2026-02-28")),
                Map.of("field", "bought" + mark, "to", "2026-02-28"),
                Map.of("field", "colour" + mark, "values", List.of("red")),
                Map.of("field", "parts" + mark, "values", List.of("red")),
                Map.of("field", "insured" + mark, "values", List.of("true")))) {
            assertThat(list(Map.of("filter", Map.of("fields", List.of(filter)))))
                    .as("%s", filter)
                    .containsExactly(fits);
        }
        for (String field : List.of("weight", "bought", "order", "insured")) {
            boolean falseFirst = field.equals("insured");
            assertThat(list(Map.of("sort", "fields." + field + mark)))
                    .as(field)
                    .containsExactly(falseFirst ? other : fits, falseFirst ? fits : other);
            assertThat(list(Map.of("sort", "-fields." + field + mark)))
                    .as("-" + field)
                    .containsExactly(falseFirst ? fits : other, falseFirst ? other : fits);
        }
    }

    @Test
    @Proves("T-12")
    void shouldTellTextsApartThatBeginAlike() {
        // The index has a hundred characters of each.
        String whole = "x".repeat(100);
        World.patch(agent(), fits, Map.of("fields", Map.of("order" + mark, whole)))
                .statusCode(200);
        World.patch(agent(), other, Map.of("fields", Map.of("order" + mark, whole + "y")))
                .statusCode(200);

        assertThat(list(withOrder(whole))).containsExactly(fits);
        assertThat(list(withOrder(whole + "y"))).containsExactly(other);
        assertThat(list(withOrder(whole + "z"))).isEmpty();
        assertThat(list(withOrder("x".repeat(99)))).isEmpty();
    }

    private Map<String, Object> withOrder(String text) {
        return Map.of("filter", Map.of("fields", List.of(Map.of("field", "order" + mark, "values", List.of(text)))));
    }

    @Test
    @Proves("T-12")
    void shouldFilterAnyListByWhatItsAddressAsksFor() {
        Map<String, Object> parameters = Map.of(
                "team",
                team,
                "queue",
                queue,
                "assignee",
                me.id(),
                "category",
                "ON_HOLD",
                "priority",
                "HIGH",
                "channel",
                "PHONE",
                "tag",
                "vip",
                "stars",
                2,
                "rating",
                "SATISFIED",
                "contact",
                contactOf(fits));

        parameters.forEach((name, value) -> agent().queryParam(name, value)
                .get("/api/v1/tickets?view=all-open&limit=200")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(fits))));
        agent().queryParam("priority", "HIGH", "LOW")
                .get("/api/v1/tickets?view=all-open&limit=200")
                .then()
                .body("items.id", equalTo(List.of(fits, other)));
        agent().queryParam("priority", "HIGH")
                .queryParam("tag", "plain")
                .get("/api/v1/tickets?view=all-open&limit=200")
                .then()
                .body("items.id", equalTo(List.of()));
    }

    @Test
    @Proves("T-12")
    void shouldSortGroupAndShowColumnsAsTheViewSays() {
        assertThat(list(Map.of("sort", "WAITING"))).containsExactly(fits, other);
        assertThat(list(Map.of("sort", "DUE"))).containsExactly(fits, other);
        assertThat(list(Map.of("sort", "OLDEST"))).containsExactly(fits, other);
        assertThat(list(Map.of("sort", "NEWEST"))).containsExactly(other, fits);
        assertThat(list(Map.of("sort", "STARS"))).containsExactly(fits);
        assertThat(list(Map.of("sort", "FOLDED"))).isEmpty();
        // In the order of the pipeline, whatever is urgent.
        assertThat(list(Map.of("groupBy", "STAGE"))).containsExactly(other, fits);
        assertThat(list(Map.of("groupBy", "PRIORITY", "sort", "NEWEST"))).containsExactly(fits, other);

        List<String> columns = List.of("number", "subject", "stage", "stars", "rating", "fields.order" + mark);
        String view = Views.keepPrivate(agent(), Map.of("columns", columns, "groupBy", "STAGE", "sort", "DUE"));
        agent().get("/api/v1/views/{id}", view)
                .then()
                .statusCode(200)
                .body("saved.definition.columns", equalTo(columns))
                .body("saved.definition.groupBy", equalTo("STAGE"))
                .body("saved.definition.sort", equalTo("DUE"));
        agent().get("/api/v1/tickets?view=" + view)
                .then()
                .body("items[1].stage.category", equalTo("ON_HOLD"))
                .body("items[1].dueAt", equalTo("2030-01-01T00:00:00Z"))
                .body("items[1].fields.order" + mark, equalTo("ORD-77"));
    }
}
