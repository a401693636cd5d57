package org.stonechat.ticket.attachment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.http.entity.mime.HttpMultipartMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.MultiPartConfig;
import io.restassured.config.RestAssuredConfig;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class AttachmentIT {

    private static final byte[] PAGE = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);

    /// REST Assured writes file names in ASCII unless it is told to do as browsers do.
    private static final RestAssuredConfig UTF8_FILE_NAMES = RestAssuredConfig.config()
            .httpClient(HttpClientConfig.httpClientConfig().httpMultipartMode(HttpMultipartMode.BROWSER_COMPATIBLE))
            .multiPartConfig(MultiPartConfig.multiPartConfig().defaultCharset("UTF-8"));

    private String ticket;

    @BeforeEach
    void setUp() {
        World.setUp();
        ticket = openTicket(alice(), NORTHWIND, "files@customers.example");
    }

    private String upload(String name, byte[] bytes, String claimedType) {
        return alice().config(UTF8_FILE_NAMES)
                .contentType("multipart/form-data")
                .multiPart("file", name, bytes, claimedType)
                .post("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    @Proves("T-10")
    void shouldTakeTheTypeFromTheContentAndNeverRunAsAPageOfOurs() {
        String id = upload("../../étiquette.png", PAGE, "image/png");

        alice().get("/api/v1/tickets/{id}/attachments/{attachment}", ticket, id)
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .header("Content-Disposition", containsString("attachment; filename=\"_tiquette.png\""))
                .header("Content-Disposition", containsString("filename*=UTF-8''%C3%A9tiquette.png"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", containsString("sandbox"))
                .body(containsString("alert(1)"));
        alice().get("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .body("items", hasSize(1))
                .body("items[0].name", equalTo("étiquette.png"));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published added = tickets.awaitType("AttachmentAdded", UUID.fromString(ticket));
            Contracts.assertMatches("tickets", "AttachmentAdded", added.data(), added.personal());
        }
        alice().get("/api/v1/tickets/{id}/history", ticket)
                .then()
                .body("items.find { it.type == 'AttachmentAdded' }.details.name", equalTo("étiquette.png"));
    }

    @Test
    void shouldSendAFileOutOnceWithAReply() {
        String id = upload("label.txt", "a label".getBytes(StandardCharsets.UTF_8), "text/plain");
        Map<String, Object> reply =
                Map.of("kind", "PUBLIC_REPLY", "bodyText", "See the label.", "attachmentIds", List.of(id));

        alice().body(reply)
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("attachments[0].id", equalTo(id));
        alice().body(reply)
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(422)
                .body("code", equalTo("attachment-unknown"));
    }

    @Test
    void shouldRefuseWhatIsTooLargeOrNotThere() {
        alice().contentType("multipart/form-data")
                .multiPart("file", "large.bin", new byte[1024 * 1024 + 1], "application/octet-stream")
                .post("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .statusCode(413)
                .body("code", equalTo("attachment-too-large"));
        alice().contentType("multipart/form-data")
                .multiPart("other", "x")
                .post("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .statusCode(400);
        alice().get("/api/v1/tickets/{id}/attachments/{attachment}", ticket, UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    @Proves("G-4")
    void shouldKeepFilesFromThoseWhoDoNotSeeTheTicket() {
        String id = upload("secret.txt", "secret".getBytes(StandardCharsets.UTF_8), "text/plain");
        String address = "/api/v1/tickets/" + ticket + "/attachments/" + id;

        bob().get(address).then().statusCode(404);
        carl().get(address).then().statusCode(403);
        RestAssured.given().get(address).then().statusCode(401);
        bob().contentType("multipart/form-data")
                .multiPart("file", "x.txt", "x".getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .statusCode(404);
        carl().contentType("multipart/form-data")
                .multiPart("file", "x.txt", "x".getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .statusCode(403);
    }
}
