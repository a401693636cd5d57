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
    @Proves({"T-10", "T-11"})
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
    @Proves("T-10")
    void shouldStoreAndSendNoNameThatReadsAsAnotherOne() {
        String id = upload("invoice\u202efdp.exe", "MZ".getBytes(StandardCharsets.UTF_8), "application/pdf");

        alice().get("/api/v1/tickets/{id}/attachments", ticket).then().body("items[0].name", equalTo("invoicefdp.exe"));
        alice().get("/api/v1/tickets/{id}/attachments/{attachment}", ticket, id)
                .then()
                .statusCode(200)
                .header(
                        "Content-Disposition",
                        equalTo("attachment; filename=\"invoicefdp.exe\"; filename*=UTF-8''invoicefdp.exe"));
    }

    @Test
    @Proves({"T-1", "T-10"})
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
    @Proves("T-10")
    void shouldHandOutRangesOfAFileWithItsChecksum() throws Exception {
        byte[] bytes = "0123456789".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        String id = upload("large.txt", bytes, "text/plain");
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
        String tag = '"' + java.util.HexFormat.of().formatHex(hash) + '"';
        String path = "/api/v1/tickets/" + ticket + "/attachments/" + id;

        byte[] whole = alice().header("Accept-Encoding", "gzip")
                .get(path)
                .then()
                .statusCode(200)
                .header("Accept-Ranges", "bytes")
                .header("Content-Length", "500000")
                .header("Content-Encoding", org.hamcrest.Matchers.nullValue())
                .header("ETag", tag)
                .header(
                        "Repr-Digest",
                        "sha-256=:" + java.util.Base64.getEncoder().encodeToString(hash) + ":")
                .extract()
                .asByteArray();
        org.assertj.core.api.Assertions.assertThat(whole).isEqualTo(bytes);
        alice().header("Range", "bytes=499995-")
                .header("If-Range", tag)
                .header("Accept-Encoding", "gzip")
                .get(path)
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 499995-499999/500000")
                .header("Content-Length", "5")
                .header("X-Content-Type-Options", "nosniff")
                .body(equalTo("56789"));
        alice().header("Range", "bytes=3-5").get(path).then().statusCode(206).body(equalTo("345"));
        alice().header("Range", "bytes=3-5")
                .header("If-Range", "\"another\"")
                .get(path)
                .then()
                .statusCode(200)
                .header("Content-Length", "500000");
        alice().header("Range", "bytes=500000-")
                .get(path)
                .then()
                .statusCode(416)
                .contentType("application/problem+json")
                .header("Content-Range", "bytes */500000")
                .body("code", equalTo("range-unsatisfiable"));
        alice().header("If-None-Match", tag).get(path).then().statusCode(304);
    }

    @Test
    @Proves({"T-10", "T-11"})
    void shouldTakeAFileAwayAndKeepItsLineInTheHistory() {
        String id = upload("wrong.txt", "not this one".getBytes(StandardCharsets.UTF_8), "text/plain");
        String path = "/api/v1/tickets/" + ticket + "/attachments/" + id;

        bob().delete(path).then().statusCode(404);
        carl().delete(path).then().statusCode(403);
        RestAssured.given().delete(path).then().statusCode(401);
        alice().delete(path).then().statusCode(204);

        alice().get(path).then().statusCode(404);
        alice().delete(path).then().statusCode(404);
        alice().get("/api/v1/tickets/{id}/attachments", ticket).then().body("items", hasSize(0));
        alice().get("/api/v1/tickets/{id}/history", ticket)
                .then()
                .body("items.find { it.type == 'AttachmentAdded' }.details.name", equalTo("wrong.txt"))
                .body("items.find { it.type == 'AttachmentRemoved' }.details.name", equalTo("wrong.txt"))
                .body("items.find { it.type == 'AttachmentRemoved' }.details.attachment.attachmentId", equalTo(id));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published removed = tickets.awaitType("AttachmentRemoved", UUID.fromString(ticket));
            Contracts.assertMatches("tickets", "AttachmentRemoved", removed.data(), removed.personal());
        }
    }

    @Test
    @Proves("T-10")
    void shouldCompareTheChecksumAndBoundTheNumber() throws Exception {
        byte[] bytes = "checked".getBytes(StandardCharsets.UTF_8);
        String sha256 = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        alice().contentType("multipart/form-data")
                .multiPart("sha256", sha256)
                .multiPart("file", "checked.txt", bytes)
                .post("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .statusCode(201)
                .body("sha256", equalTo(sha256));
        alice().contentType("multipart/form-data")
                .multiPart("sha256", sha256.replace(sha256.charAt(0), sha256.charAt(0) == '0' ? '1' : '0'))
                .multiPart("file", "checked.txt", bytes)
                .post("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .statusCode(422)
                .body("code", equalTo("checksum-wrong"));
        for (int file = 1; file < 12; file++) {
            upload("file-" + file + ".txt", ("file " + file).getBytes(StandardCharsets.UTF_8), "text/plain");
        }
        alice().contentType("multipart/form-data")
                .multiPart("file", "one-more.txt", bytes)
                .post("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .statusCode(409)
                .body("code", equalTo("attachments-too-many"));
    }

    @Test
    @Proves("T-10")
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
