package org.stonechat.review.csvimport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/// Files as spreadsheets and people make them.
@QuarkusTest
@WithRealParts
class FileDefectsIT {

    private final UUID connection = UUID.randomUUID();
    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        ObjectNode request = desk.connectionRequest().put("platform", "CSV").put("productReviews", true);
        request.remove("baseUrl");
        request.remove("tokenUrl");
        request.remove("credentials");
        request.putArray("channels");
        TestDesk.put(desk.admin, connection, request).then().statusCode(201);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    @Proves({"R-1", "R-2", "R-7"})
    void shouldTakeTheGoodRowsOfAFileWithEveryDefectAndNameTheOthers() {
        String file = "\uFEFFSubmittedAt,externalId,RATING,title,body\r\n"
                + "2026-03-05,d-good,1,\"Late, again\",\"She said \"\"wow\"\"\r\nand left\"\r\n"
                + "2026-03-05,d-emoji,2,👍🏽,بسته هیچ‌وقت نرسید\r\n"
                + "2026-03-05,d-formula,2,=HYPERLINK(1),<script>alert(1)</script>\r\n"
                + "2026-03-05,d-long,2,Long," + "x".repeat(65_000) + "\r\n"
                + ",,,,\r\n"
                + "\r\n"
                + "2026-02-30,d-date,1,a,b\r\n"
                + "2026-03-05,d-negative,-1,a,b\r\n"
                + "2026-03-05,d-six,6,a,b\r\n"
                + "2026-03-05,d-word,good,a,b\r\n"
                + "2026-03-05,d-many,1,a,b,c,d\r\n"
                + "2026-03-05,d-few,1\r\n"
                + "2026-03-05,d-quote,1,\"a\"b,c\r\n"
                + "2026-03-05,d-open,1,a,\"never ends\r\n"
                + "2026-03-05,d-swallowed,1,a,b\r\n";

        JsonPath first = finished(bring(file));
        assertThat(first.getInt("created")).isEqualTo(4);
        List<String> errors = TestDesk.get(desk.lead, path("/" + first.getString("id") + "/errors?limit=200"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.message");
        assertThat(errors).hasSize(first.getInt("failed")).hasSizeGreaterThanOrEqualTo(8);
        assertThat(errors).anyMatch(message -> message.contains("submittedAt"));
        assertThat(errors).anyMatch(message -> message.contains("rating"));
        assertThat(errors).anyMatch(message -> message.contains("7 fields"));
        assertThat(errors).anyMatch(message -> message.contains("3 fields"));
        assertThat(errors).anyMatch(message -> message.contains("quoted"));
        assertThat(errors).anyMatch(message -> message.contains("does not end"));
        assertThat(stored("d-good", "title")).isEqualTo("Late, again");
        assertThat(stored("d-good", "body")).contains("She said \"wow\"").contains("and left");
        assertThat(stored("d-emoji", "title")).isEqualTo("👍🏽");
        assertThat(stored("d-emoji", "body")).startsWith("بسته");
        assertThat(stored("d-formula", "title")).isEqualTo("=HYPERLINK(1)");
        assertThat(stored("d-formula", "body")).isEqualTo("<script>alert(1)</script>");
        assertThat(stored("d-long", "body")).hasSize(8000);

        JsonPath again = finished(bring(file));
        assertThat(again.getInt("created")).isZero();
        assertThat(again.getInt("changed")).isZero();
        assertThat(again.getInt("unchanged")).isEqualTo(4);
        assertThat(again.getInt("failed")).isEqualTo(first.getInt("failed"));
    }

    @Test
    @Proves("R-1")
    void shouldSayWhatIsWrongWithAHeader() {
        unreadable("submittedAt;title;title\n2026-03-05;a;b", "title");
        unreadable("1;5;a;b;2026-03-05", "column");
        unreadable("\n\n", "header");
    }

    private void unreadable(String file, String reason) {
        post(file)
                .then()
                .statusCode(422)
                .body("code", equalTo("file-unreadable"))
                .body("detail", containsString(reason));
    }

    private String bring(String file) {
        return post(file).then().statusCode(202).extract().path("id");
    }

    private io.restassured.response.Response post(String file) {
        return given().auth()
                .oauth2(desk.lead)
                .contentType("text/csv")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post(path("?dryRun=false"));
    }

    private JsonPath finished(String id) {
        return await("the import")
                .atMost(TestDesk.PATIENCE)
                .until(
                        () -> TestDesk.get(desk.lead, path("/" + id)).jsonPath(),
                        read -> "DONE".equals(read.getString("state")));
    }

    private String stored(String externalId, String field) {
        return TestDesk.get(desk.lead, "/api/v1/reviews?limit=200&connectionId=" + connection)
                .jsonPath()
                .getString("items.find { it.externalId == '" + externalId + "' }." + field);
    }

    private String path(String below) {
        return "/api/v1/review-connections/" + connection + "/imports" + below;
    }
}
