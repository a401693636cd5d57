package org.stonechat.ticket.profile;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;
import org.stonechat.ticket.agent.Staff;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.carl;

@QuarkusTest
@WithRealParts
class ProfileIT {

    private static final String PATH = "/api/v1/agents/me/profile";

    private final UUID id = UUID.randomUUID();

    @Inject
    Staff staff;

    @BeforeEach
    void setUp() {
        World.setUp();
        staff.employ(Staff.someone(id, "nora-" + id, "Nora New", "agent", NORTHWIND));
    }

    private RequestSpecification nora() {
        return World.as(Tokens.of("nora").subject(id).role("agent").department(NORTHWIND));
    }

    @Test
    @Proves("T-20")
    void shouldKeepLanguageTimeZoneSignatureListLayoutAndLastView() {
        String before = nora().get(PATH)
                .then()
                .statusCode(200)
                .body("version", equalTo(0))
                .body("language", equalTo("en"))
                .body("timeZone", equalTo("Europe/Amsterdam"))
                .body("signature", nullValue())
                .extract()
                .header("ETag");
        Map<String, Object> profile = Map.of(
                "language",
                "fa",
                "timeZone",
                "Asia/Tehran",
                "signature",
                Map.of("html", "<p>Nora<br>Shop Support</p>"),
                "listLayout",
                Map.of("columns", List.of("number", "subject"), "density", "compact"),
                "lastView",
                "my-open");

        String etag = nora().header("If-Match", before)
                .body(profile)
                .put(PATH)
                .then()
                .statusCode(200)
                .body("version", equalTo(1))
                .extract()
                .header("ETag");

        nora().get(PATH)
                .then()
                .header("ETag", etag)
                .body("language", equalTo("fa"))
                .body("timeZone", equalTo("Asia/Tehran"))
                .body("signature.text", equalTo("Nora\nShop Support"))
                .body("listLayout.columns", equalTo(List.of("number", "subject")))
                .body("lastView", equalTo("my-open"));
        nora().get("/api/v1/agents/me").then().body("locale", equalTo("fa")).body("zone", equalTo("Asia/Tehran"));
        nora().body(profile).put(PATH).then().statusCode(428);
        nora().header("If-Match", before).body(profile).put(PATH).then().statusCode(412);
        try (EventCollector directory = EventCollector.on("directory")) {
            EventCollector.Published told = directory.await(
                    "the new language",
                    event -> id.toString().equals(event.key())
                            && "fa".equals(event.data().path("locale").asText()));
            Contracts.assertMatches("directory", "AgentDefined", told.data(), told.personal());
        }
        // The identity provider goes on saying what it said; the person's choice stays.
        staff.employ(Staff.someone(id, "nora-" + id, "Nora Renamed", "agent", NORTHWIND));
        nora().get("/api/v1/agents/me").then().body("locale", equalTo("fa"));
        nora().header("If-Match", etag)
                .body(Map.of())
                .put(PATH)
                .then()
                .statusCode(200)
                .body("language", equalTo("en"))
                .body("lastView", nullValue());
    }

    @Test
    @Proves("T-20")
    void shouldKnowTheChoicesOfSomebodyTheDirectoryHearsOfLater() {
        UUID newcomer = UUID.randomUUID();
        World.as(Tokens.of("newcomer").subject(newcomer).role("agent").department(NORTHWIND))
                .body(Map.of("language", "de"))
                .put(PATH)
                .then()
                .statusCode(200);

        staff.employ(Staff.someone(newcomer, "new-" + newcomer, "Newcomer", "agent", NORTHWIND));

        World.as(Tokens.of("newcomer").subject(newcomer).role("agent").department(NORTHWIND))
                .get("/api/v1/agents/me")
                .then()
                .body("locale", equalTo("de"));
    }

    @Test
    void shouldRefuseWhatIsNoProfile() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("timeZone", "Mars/Olympus"),
                Map.of("language", "English"),
                Map.of("listLayout", List.of(1)),
                Map.of("listLayout", Map.of("x", "y".repeat(17 * 1024))),
                Map.of("listLayout", Map.of("x", "\u0000")),
                Map.of("signature", Map.of("text", "x".repeat(2001))),
                Map.of("starred", true))) {
            nora().body(wrong).put(PATH).then().statusCode(400);
        }
        RestAssured.given().get(PATH).then().statusCode(401);
        carl().get(PATH).then().statusCode(403);
        carl().body(Map.of()).put(PATH).then().statusCode(403);
    }
}
