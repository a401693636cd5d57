package org.stonechat.ticket.writing;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class CannedReplyIT {

    private final UUID id = UUID.randomUUID();
    private final String path = "/api/v1/canned-replies/" + id;
    private final String shortcut = "s-" + id.toString().substring(0, 8);

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    private Map<String, Object> canned() {
        return Map.of(
                "departmentId",
                NORTHWIND,
                "title",
                "Parcel on its way " + id,
                "shortcut",
                shortcut,
                "bodyHtml",
                "<p>Dear {{customer.firstName|customer}},</p><p>#{{ticket.number}}: {{ ticket.subject }}</p>"
                        + "<p>{{agent.name}}, {{department.name}}</p><script>1</script>");
    }

    @Test
    @Proves({"T-8", "T-16"})
    void shouldFillACannedReplyForATicket() {
        ada().body(canned()).put(path).then().statusCode(201);
        String ticket = alice().body(Map.of(
                        "departmentId",
                        NORTHWIND,
                        "contact",
                        Map.of("name", "<b>Carl</b> & Co", "address", "canned-" + id + "@customers.example"),
                        "subject",
                        "Lamp <broken>"))
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        int number =
                alice().get("/api/v1/tickets/{id}", ticket).then().extract().path("number");

        alice().body(Map.of("ticketId", ticket))
                .post(path + "/rendering")
                .then()
                .statusCode(200)
                .body("bodyText", equalTo("Dear <b>Carl</b>,\n#" + number + ": Lamp <broken>\nAlice, Northwind Shop"))
                .body(
                        "bodyHtml",
                        equalTo("<p>Dear &lt;b&gt;Carl&lt;/b&gt;,</p><p>#" + number
                                + ": Lamp &lt;broken&gt;</p><p>Alice, Northwind Shop</p>"));
        alice().get("/api/v1/tickets/{id}/messages", ticket).then().body("items", org.hamcrest.Matchers.empty());
    }

    @Test
    @Proves("T-16")
    void shouldKeepCannedRepliesPerDepartment() {
        String etag =
                ada().body(canned()).put(path).then().statusCode(201).extract().header("ETag");
        alice().get("/api/v1/canned-replies?department={d}&limit=200", NORTHWIND)
                .then()
                .statusCode(200)
                .body("items.id", hasItem(id.toString()));
        alice().get("/api/v1/canned-replies?department={d}&q={q}", NORTHWIND, shortcut)
                .then()
                .body("items.id", equalTo(List.of(id.toString())));
        bob().get("/api/v1/canned-replies?department={d}&limit=200", LINDEN)
                .then()
                .body("items.id", not(hasItem(id.toString())));
        ada().body(canned())
                .put("/api/v1/canned-replies/{id}", UUID.randomUUID())
                .then()
                .statusCode(409)
                .body("code", equalTo("shortcut-taken"));
        ada().header("If-Match", "\"7\"").body(canned()).put(path).then().statusCode(412);
        ada().header("If-Match", etag).body(canned()).put(path).then().statusCode(200);
        ada().body(Map.of("departmentId", NORTHWIND, "title", "x", "bodyText", "Dear {{customer.shoeSize}}"))
                .put("/api/v1/canned-replies/{id}", UUID.randomUUID())
                .then()
                .statusCode(422)
                .body("code", equalTo("placeholder-unknown"))
                .body("known", hasItem("customer.name"));
        ada().body(Map.of("departmentId", NORTHWIND, "title", "x"))
                .put("/api/v1/canned-replies/{id}", UUID.randomUUID())
                .then()
                .statusCode(422)
                .body("code", equalTo("body-empty"));
        ada().delete(path).then().statusCode(204);
        alice().get(path).then().statusCode(404);
    }

    @Test
    @Proves("G-4")
    void shouldLetOnlyThoseWhoConfigureChangeThemAndOnlyTheirDepartmentReadThem() {
        ada().body(canned()).put(path).then().statusCode(201);
        String ticket = openTicket(bob(), LINDEN, "canned@customers.example");

        RestAssured.given().get(path).then().statusCode(401);
        carl().get(path).then().statusCode(403);
        bob().get(path).then().statusCode(404);
        bob().get("/api/v1/canned-replies?department={d}", NORTHWIND).then().statusCode(404);
        bob().body(canned()).put(path).then().statusCode(404);
        bob().delete(path).then().statusCode(404);
        bob().body(Map.of("ticketId", ticket)).post(path + "/rendering").then().statusCode(404);
        alice().body(Map.of("ticketId", ticket))
                .post(path + "/rendering")
                .then()
                .statusCode(404);
        alice().body(canned()).put(path).then().statusCode(403).body("code", equalTo("right-missing"));
        alice().delete(path).then().statusCode(403);
        alice().get("/api/v1/canned-replies").then().statusCode(400);
    }
}
