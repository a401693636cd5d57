package org.stonechat.notification.mailbox;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.notification.world.WithMailServer;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@WithRealParts
@WithMailServer
class MailboxIT {

    private final UUID department = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();
    private final String address = "box-" + id + "@northwind.example";
    private final String admin = Tokens.of("ada").role("admin").allDepartments().build();

    @Test
    void shouldSetAMailboxUpOnceAndNeverReturnItsPassword() {
        put(admin, id, body()).then().statusCode(201).header("ETag", "\"1\"").body(not(containsString("secret-word")));
        put(admin, id, body()).then().statusCode(200).header("ETag", "\"1\"");
        Map<String, Object> changed = body();
        changed.remove("imapPassword");
        changed.put("enabled", false);
        put(admin, id, changed).then().statusCode(200).header("ETag", "\"2\"").body("enabled", equalTo(false));
        as(admin).get("/api/v1/mailboxes/" + id).then().statusCode(200).body("address", equalTo(address));
        as(admin).get("/api/v1/mailboxes").then().statusCode(200).body(not(containsString("secret-word")));
    }

    @Test
    @Proves("G-7")
    void shouldLeaveALineOfAChangedMailboxWithoutItsPassword() {
        put(admin, id, body()).then().statusCode(201);
        put(admin, id, body()).then().statusCode(200);
        Map<String, Object> changed = body();
        changed.put("imapPassword", "an0ther-word");
        changed.put("folder", "Support");
        put(admin, id, changed).then().statusCode(200);

        String lines = "items.findAll { it.subjectId == '" + id + "' }";
        Response audit = as(admin).get("/api/v1/operations/notifications/audit?kind=mailbox&limit=200");
        audit.then()
                .statusCode(200)
                .body(lines + ".size()", equalTo(2))
                .body(lines + "[0].changes.field", containsInAnyOrder("folder", "imapPassword"))
                .body(lines + "[0].changes.find { it.field == 'folder' }.to", equalTo("Support"))
                .body(lines + "[0].changes.find { it.field == 'imapPassword' }.withheld", equalTo(true))
                .body(not(containsString("secret-word")))
                .body(not(containsString("an0ther-word")));
        as(Tokens.of("eve").role("admin").department(department).build())
                .get("/api/v1/operations/notifications/audit")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        put(admin, id, body()).then().statusCode(201);
        put(admin, UUID.randomUUID(), body()).then().statusCode(409).body("code", equalTo("mailbox-address-taken"));
        Map<String, Object> noPassword = body();
        noPassword.remove("imapPassword");
        noPassword.put("address", "other-" + address);
        put(admin, UUID.randomUUID(), noPassword)
                .then()
                .statusCode(422)
                .body("code", equalTo("mailbox-password-missing"));
        Map<String, Object> invalid = body();
        invalid.put("imapUser", "a\u0000b");
        put(admin, id, invalid).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void shouldRefuseWhoMayNotSetMailboxesUp() {
        put(admin, id, body()).then().statusCode(201);
        String agent = Tokens.of("alice").role("agent").department(department).build();
        String elsewhere =
                Tokens.of("eve").role("admin").department(UUID.randomUUID()).build();

        given().contentType("application/json")
                .body(body())
                .put("/api/v1/mailboxes/" + id)
                .then()
                .statusCode(401);
        put(agent, id, body()).then().statusCode(403);
        put(elsewhere, id, body()).then().statusCode(404);
        given().get("/api/v1/mailboxes/" + id).then().statusCode(401);
        as(agent).get("/api/v1/mailboxes/" + id).then().statusCode(403);
        as(elsewhere).get("/api/v1/mailboxes/" + id).then().statusCode(404);
        given().get("/api/v1/mailboxes").then().statusCode(401);
        as(agent).get("/api/v1/mailboxes").then().statusCode(403);
        as(elsewhere).get("/api/v1/mailboxes").then().statusCode(200).body("items.size()", equalTo(0));
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new HashMap<>();
        body.put("departmentId", department);
        body.put("address", address);
        body.put("imapUser", address);
        body.put("imapPassword", "secret-word");
        return body;
    }

    private static Response put(String token, UUID id, Map<String, Object> body) {
        return as(token).contentType("application/json").body(body).put("/api/v1/mailboxes/" + id);
    }

    private static io.restassured.specification.RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }
}
