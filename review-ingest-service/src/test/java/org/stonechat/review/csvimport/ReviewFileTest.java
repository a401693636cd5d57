package org.stonechat.review.csvimport;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReviewFileTest {

    private static final String HEADER = "externalId;rating;title;body;submittedAt\n";

    @Test
    void shouldReadQuotesSeparatorsAndLineEndsInsideOfFields() {
        List<ReviewFile.Line> lines = lines(HEADER
                + "1;5;\"Good; really\";\"She said \"\"wow\"\"\r\nand left\";2026-03-05T12:00:00Z\r\n"
                + "2;4,5;;plain;2026-03-05\r3;;;;2026-03-05 12:00\n\n");

        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst().review().path("title").asText()).isEqualTo("Good; really");
        assertThat(lines.getFirst().review().path("body").asText()).isEqualTo("She said \"wow\"\r\nand left");
        assertThat(lines.get(1).number()).isEqualTo(4);
        assertThat(lines.get(1).review().path("rating").asText()).isEqualTo("4.5");
        assertThat(lines.get(1).review().path("submittedAt").asText()).isEqualTo("2026-03-05T00:00:00Z");
        assertThat(lines.get(2).review().has("title")).isFalse();
    }

    @Test
    void shouldReadCommasAByteOrderMarkAndAnyOrderOfColumns() {
        List<ReviewFile.Line> lines = lines("\uFEFFSubmittedAt,BODY , rating\n2026-03-05,Fine,5");

        assertThat(lines.getFirst().review().path("body").asText()).isEqualTo("Fine");
        assertThat(lines.getFirst().review().path("externalId").asText()).startsWith("csv-");
    }

    @Test
    void shouldDeriveAnIdFromWhatACorrectedFileLeavesAsItIs() {
        String header = "sourceRef;rating;body;submittedAt;email;orderReference;sku\n";
        String id = id(header + "shop;1;Bad;2026-03-05;a@b.example;NW-1;S1");

        assertThat(id(header + "shop;2;Not so bad;2026-03-05;a@b.example;NW-1;S1"))
                .isEqualTo(id);
        assertThat(id(header + "shop;1;Bad;2026-03-05;a@b.example;NW-2;S1")).isNotEqualTo(id);
        assertThat(id(header + "shop;1;Bad;2026-03-05;a@b.example;NW-1S;1")).isNotEqualTo(id);
    }

    @Test
    void shouldSayWhichRowIsBrokenAndGoOnWithTheNext() {
        List<ReviewFile.Line> lines = lines(HEADER
                + "1;5;too;few\n"
                + "2;5;one;two;2026-03-05;many\n"
                + "3;5;\"a\"b;c;2026-03-05\n"
                + "4;5;fine;fine;2026-03-05\n"
                + ";;;;\n"
                + "5;5;\"never ends;c;2026-03-05\n6;5;a;b;2026-03-05\n");

        assertThat(lines).extracting(ReviewFile.Line::number).containsExactly(2, 3, 4, 5, 6, 7);
        assertThat(lines.get(0).defect()).contains("4 fields").contains("5");
        assertThat(lines.get(1).defect()).contains("6 fields");
        assertThat(lines.get(2).defect()).contains("quoted");
        assertThat(lines.get(3).defect()).isNull();
        assertThat(lines.get(4).defect()).contains("empty");
        assertThat(lines.get(5).defect()).contains("does not end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "title;body\nno;time",
                "submittedAt;colour\n2026-03-05;blue",
                "submittedAt;title;title\n2026-03-05;a;b",
                "1;5;a;b;2026-03-05"
            })
    void shouldRefuseAFileThatIsNotOne(String text) {
        assertThatExceptionOfType(ReviewFile.Unreadable.class).isThrownBy(() -> new ReviewFile(text));
    }

    private static String id(String text) {
        return lines(text).getFirst().review().path("externalId").asText();
    }

    private static List<ReviewFile.Line> lines(String text) {
        ReviewFile file = new ReviewFile(text);
        List<ReviewFile.Line> lines = new ArrayList<>();
        for (ReviewFile.Line line = file.next(); line != null; line = file.next()) {
            lines.add(line);
        }
        return lines;
    }
}
