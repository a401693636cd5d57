package org.stonechat.review.csvimport;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;

/// Files as spreadsheets and people make them.
@QuarkusTest
@WithRealParts
class FileDefectsIT {

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

        JsonPath first = connection.bring(file, false);
        assertThat(first.getInt("created")).isEqualTo(4);
        List<String> errors = TestDesk.get(
                        desk.lead, connection.path("/" + first.getString("id") + "/errors?limit=200"))
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

        JsonPath again = connection.bring(file, false);
        assertThat(again.getInt("created")).isZero();
        assertThat(again.getInt("changed")).isZero();
        assertThat(again.getInt("unchanged")).isEqualTo(4);
        assertThat(again.getInt("failed")).isEqualTo(first.getInt("failed"));
    }

    @Test
    @Proves("R-1")
    void shouldSayWhatIsWrongWithAHeader() {
        connection.cannotRead("submittedAt;title;title\n2026-03-05;a;b".getBytes(StandardCharsets.UTF_8), "title");
        connection.cannotRead("1;5;a;b;2026-03-05".getBytes(StandardCharsets.UTF_8), "column");
        connection.cannotRead("\n\n".getBytes(StandardCharsets.UTF_8), "header");
    }

    private String stored(String externalId, String field) {
        return TestDesk.get(desk.lead, "/api/v1/reviews?limit=200&connectionId=" + connection.id)
                .jsonPath()
                .getString("items.find { it.externalId == '" + externalId + "' }." + field);
    }
}
