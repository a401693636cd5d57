package org.stonechat.review.csvimport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
@WithRealParts
class ImportIT {

    private static final String FILE = """
            externalId;sourceRef;kind;rating;title;body;submittedAt;authorName;email;orderReference;sku
            a-1;shop;SERVICE;1;Late;"Three weeks;
            and no word";2026-03-05T12:00:00Z;Petra M.;petra@customers.example;NW-1;
            a-2;shop;SERVICE;5;;;2026-03-05;;;;
            ;shop;PRODUCT;2,5;Meh;Meh;2026-03-06;;max@customers.example;NW-2;S-1
            a-4;shop;SERVICE;9;Too good;x;2026-03-05;;;;
            a-5;shop;SERVICE;5;no time;x;someday;;;;
            a-6;too;few
            a-1;shop;SERVICE;1;Late;"Three weeks;
            and no word";2026-03-05T12:00:00Z;Petra M.;petra@customers.example;NW-1;
            """;

    private TestDesk desk;
    private FileConnection connection;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        connection = FileConnection.of(desk);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    @Proves({"R-1", "R-2", "R-7"})
    void shouldRehearseThenImportAndChangeNothingTheSecondTime() {
        JsonPath rehearsed = connection.bring(FILE, true);
        assertThat(counts(rehearsed)).isEqualTo("7: 3 created, 0 changed, 1 unchanged, 3 failed");
        assertThat(ledger("items")).isEmpty();

        JsonPath imported = connection.bring(FILE, false);
        assertThat(counts(imported)).isEqualTo("7: 3 created, 0 changed, 1 unchanged, 3 failed");
        String errors = connection.path("/" + imported.getString("id") + "/errors");
        TestDesk.get(desk.lead, errors)
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items[0].row", equalTo(6))
                .body("items[0].message", containsString("rating"))
                .body("items[1].message", containsString("submittedAt"))
                .body("items[2].message", containsString("3 fields"));
        String next = TestDesk.get(desk.lead, errors + "?limit=2").jsonPath().getString("next");
        TestDesk.get(desk.lead, errors + "?limit=2&after=" + next).then().body("items", hasSize(1));
        for (Cursor forged : List.of(Cursor.of("a word"), Cursor.of(Long.MAX_VALUE), Cursor.of())) {
            TestDesk.get(desk.lead, errors + "?after=" + forged.encode())
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("cursor-invalid"));
        }
        assertThat(ledger("items.findAll { it.state == 'FAILED' }.externalId")).hasSize(2);
        assertThat(ledger("items.findAll { it.state == 'ROUTED' }.externalId")).hasSize(2);

        JsonPath again = connection.bring(FILE, false);
        assertThat(counts(again)).isEqualTo("7: 0 created, 0 changed, 4 unchanged, 3 failed");

        JsonPath corrected = connection.bring(FILE.replace(";2,5;Meh;Meh;", ";3,5;Better;Better;"), false);
        assertThat(counts(corrected)).isEqualTo("7: 0 created, 1 changed, 3 unchanged, 3 failed");
        TestDesk.get(desk.lead, connection.path("?limit=2"))
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].id", equalTo(corrected.getString("id")));
    }

    @Test
    @Proves("R-1")
    void shouldImportManyRowsWithProgress() {
        StringBuilder file = new StringBuilder("externalId;rating;body;submittedAt\n");
        for (int row = 0; row < 3000; row++) {
            file.append("m-").append(row).append(";5;Fine;2026-03-05T12:00:00Z\n");
        }

        JsonPath done = connection.bring(file.toString(), false);

        assertThat(counts(done)).isEqualTo("3000: 3000 created, 0 changed, 0 unchanged, 0 failed");
        assertThat(done.getInt("rowsDone")).isEqualTo(3000);
        TestDesk.get(desk.lead, "/api/v1/review-ledger/reconciliation?connectionId=" + connection.id)
                .then()
                .statusCode(200)
                .body("received", equalTo(3000))
                .body("notTicketed", equalTo(3000))
                .body("atThePlatform", equalTo(null));
    }

    @Test
    @Proves("R-1")
    void shouldRefuseWhatIsNoFileOfReviews() {
        connection.cannotRead("title;body\nno;time".getBytes(StandardCharsets.UTF_8), "submittedAt");
        connection.cannotRead(new byte[0], "header");
        connection.cannotRead(
                "externalId;submittedAt;colour\n1;2026-03-05;blue".getBytes(StandardCharsets.UTF_8), "column");
        connection.cannotRead(
                "externalId;submittedAt\n\u00e4;2026-03-05".getBytes(StandardCharsets.ISO_8859_1), "UTF-8");
        connection.cannotRead("externalId;submittedAt\n\0;2026-03-05".getBytes(StandardCharsets.UTF_8), "NUL");
        connection.cannotRead("externalId;submittedAt\n1;2026-03-05".getBytes(StandardCharsets.UTF_16), "UTF-8");
        given().auth()
                .oauth2(desk.admin)
                .contentType("application/json")
                .body("{}")
                .post(connection.path(""))
                .then()
                .statusCode(415);
        desk.connect();
        FileConnection.post(desk.admin, desk.path("/imports"), FILE.getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422)
                .body("code", equalTo("import-unsupported"));
    }

    @Test
    @Proves("G-4")
    void shouldKeepImportsFromThoseWhoMayNot() {
        String id = connection.bring(FILE, true).getString("id");
        byte[] file = FILE.getBytes(StandardCharsets.UTF_8);
        String elsewhere =
                Tokens.of("eve").role("admin").department(UUID.randomUUID()).build();
        given().contentType("text/csv")
                .body(file)
                .post(connection.path(""))
                .then()
                .statusCode(401);
        FileConnection.post(desk.agent, connection.path(""), file).then().statusCode(403);
        FileConnection.post(elsewhere, connection.path(""), file).then().statusCode(404);
        for (String read : new String[] {"", "/" + id, "/" + id + "/errors"}) {
            given().get(connection.path(read)).then().statusCode(401);
            TestDesk.get(desk.agent, connection.path(read)).then().statusCode(403);
            TestDesk.get(elsewhere, connection.path(read)).then().statusCode(404);
        }
        TestDesk.get(desk.lead, connection.path("/" + UUID.randomUUID())).then().statusCode(404);
    }

    private static String counts(JsonPath read) {
        return "%d: %d created, %d changed, %d unchanged, %d failed"
                .formatted(
                        read.getInt("rows"),
                        read.getInt("created"),
                        read.getInt("changed"),
                        read.getInt("unchanged"),
                        read.getInt("failed"));
    }

    private java.util.List<Object> ledger(String expression) {
        return TestDesk.get(desk.lead, "/api/v1/review-ledger?limit=200&connectionId=" + connection.id)
                .jsonPath()
                .getList(expression);
    }
}
