package org.stonechat.ticket.department;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.SHOP_SUPPORT;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.lena;

@QuarkusTest
@WithRealParts
class SetUpIT {

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    private static RequestSpecification lindensAdmin() {
        return World.as(Tokens.of("elsewhere").role("admin").department(LINDEN));
    }

    private static Map<String, Object> department(String slug) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", "A department");
        body.put("slug", slug);
        body.put("preset", "OPEN");
        body.put("autoCloseAfter", "PT48H");
        body.put("timeZone", "Europe/Amsterdam");
        return body;
    }

    @Test
    @Proves({"T-3", "T-16"})
    void shouldSetADepartmentUpWithItsPipelineOnce() {
        UUID id = UUID.randomUUID();
        String slug = "d-" + id.toString().substring(0, 8);

        ada().body(department(slug))
                .put("/api/v1/departments/{id}", id)
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("autoCloseAfter", equalTo("PT48H"))
                .body("reopenWindow", equalTo("PT0S"))
                .body("language", equalTo("en"));
        ada().body(department(slug))
                .put("/api/v1/departments/{id}", id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"");
        ada().queryParam("department", id)
                .get("/api/v1/stages")
                .then()
                .statusCode(200)
                .body("items.category", equalTo(List.of("NEW", "OPEN", "PENDING", "ON_HOLD", "SOLVED", "CLOSED")))
                .body("items.findAll { it.initial }", hasSize(1))
                .body("items.findAll { it.reopen }", hasSize(1));
        ada().get("/api/v1/departments/{id}", id).then().statusCode(200).body("slug", equalTo(slug));
        ada().body(department(slug))
                .put("/api/v1/departments/{id}", UUID.randomUUID())
                .then()
                .statusCode(409)
                .body("code", equalTo("slug-taken"));
        try (EventCollector events = EventCollector.on("directory")) {
            EventCollector.Published defined = events.awaitType("DepartmentDefined", id);
            Contracts.assertMatches("directory", "DepartmentDefined", defined.data(), defined.personal());
            EventCollector.Published stage = events.await(
                    "its stages",
                    event -> "StageDefined".equals(event.type())
                            && id.toString()
                                    .equals(event.data().path("departmentId").asText()));
            Contracts.assertMatches("directory", "StageDefined", stage.data(), stage.personal());
        }
    }

    @Test
    void shouldRefuseWhatIsNoTimeZoneOrDuration() {
        for (Map.Entry<String, Object> wrong : Map.<String, Object>of(
                        "timeZone", "Mars/Base",
                        "autoCloseAfter", "PT0S",
                        "reopenWindow", "PT-1S",
                        "slug", "Not A Slug",
                        "mailAddress", "nowhere")
                .entrySet()) {
            Map<String, Object> body = department("wrong");
            body.put(wrong.getKey(), wrong.getValue());
            ada().body(body)
                    .put("/api/v1/departments/{id}", UUID.randomUUID())
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("request-invalid"));
        }
    }

    @Test
    @Proves("G-4")
    void shouldKeepSettingUpToAdminsAndReadingToOnesOwnDepartments() {
        lena().body(department("x"))
                .put("/api/v1/departments/{id}", NORTHWIND)
                .then()
                .statusCode(403);
        lindensAdmin()
                .body(department("x"))
                .put("/api/v1/departments/{id}", NORTHWIND)
                .then()
                .statusCode(404);
        RestAssured.given().get("/api/v1/departments").then().statusCode(401);
        carl().get("/api/v1/departments").then().statusCode(403);
        carl().get("/api/v1/departments/{id}", NORTHWIND).then().statusCode(403);
        alice().get("/api/v1/departments/{id}", NORTHWIND).then().statusCode(200);
        bob().get("/api/v1/departments/{id}", NORTHWIND).then().statusCode(404);
        bob().queryParam("department", NORTHWIND).get("/api/v1/stages").then().statusCode(404);
        carl().queryParam("department", NORTHWIND).get("/api/v1/stages").then().statusCode(403);
        alice().get("/api/v1/stages").then().statusCode(400);
        alice().get("/api/v1/departments")
                .then()
                .body("items.id", hasItem(NORTHWIND.toString()))
                .body("items.id", not(hasItem(LINDEN.toString())));
    }

    @Test
    void shouldPageThroughDepartments() {
        String next = ada().get("/api/v1/departments?limit=1")
                .then()
                .body("items", hasSize(1))
                .extract()
                .path("next");
        ada().queryParam("after", next)
                .get("/api/v1/departments?limit=1")
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
        ada().get("/api/v1/departments?after=nonsense").then().statusCode(400).body("code", equalTo("cursor-invalid"));
        ada().get("/api/v1/departments?limit=0").then().statusCode(400);
    }

    @Test
    @Proves("G-4")
    void shouldKeepTeamsToTheirDepartments() {
        alice().get("/api/v1/teams/{id}", SHOP_SUPPORT).then().statusCode(200).body("slug", equalTo("shop-support"));
        bob().get("/api/v1/teams/{id}", SHOP_SUPPORT).then().statusCode(404);
        carl().get("/api/v1/teams/{id}", SHOP_SUPPORT).then().statusCode(403);
        RestAssured.given().get("/api/v1/teams").then().statusCode(401);
        carl().get("/api/v1/teams").then().statusCode(403);
        bob().get("/api/v1/teams?limit=200").then().body("items.id", not(hasItem(SHOP_SUPPORT.toString())));
        alice().get("/api/v1/teams?limit=200").then().body("items.id", hasItem(SHOP_SUPPORT.toString()));
        alice().body(Map.of("name", "x", "slug", "x", "departmentIds", List.of(NORTHWIND)))
                .put("/api/v1/teams/{id}", SHOP_SUPPORT)
                .then()
                .statusCode(403);
        for (UUID department : List.of(NORTHWIND, LINDEN)) {
            lindensAdmin()
                    .body(Map.of("name", "x", "slug", "x", "departmentIds", List.of(department)))
                    .put("/api/v1/teams/{id}", SHOP_SUPPORT)
                    .then()
                    .statusCode(404);
        }
        alice().get("/api/v1/teams/{id}", SHOP_SUPPORT)
                .then()
                .statusCode(200)
                .body("slug", equalTo("shop-support"))
                .body("departmentIds", hasItem(NORTHWIND.toString()));
        ada().body(Map.of("name", "x", "slug", "shop-support", "departmentIds", List.of(NORTHWIND)))
                .put("/api/v1/teams/{id}", UUID.randomUUID())
                .then()
                .statusCode(409);
        ada().body(Map.of("name", "x", "slug", "x", "departmentIds", List.of(UUID.randomUUID())))
                .put("/api/v1/teams/{id}", UUID.randomUUID())
                .then()
                .statusCode(422)
                .body("code", equalTo("department-unknown"));
    }
}
