package org.stonechat.analytics.report;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTest {

    record Row(
            String name,
            long number,
            @Nullable Double share,
            @Nullable Instant at) {}

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49301234", "-1", "@SUM(A1)", "\t=1", "＝1", "＋1", "－1", "＠x"})
    void shouldPutAnApostropheBeforeWordsThatASpreadsheetRuns(String words) {
        assertThat(line(words)).isEqualTo("\"'" + words + "\",1,,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r=1", "\n=1"})
    void shouldNotBeMisledByALineBreakInFront(String words) {
        assertThat(Csv.write(Row.class, List.of(new Row(words, 1, null, null))))
                .isEqualTo("name,number,share,at\r\n\"'" + words + "\",1,,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Northwind Shop", "a=b", "3 - 1", "خرید"})
    void shouldLeaveOtherWordsAlone(String words) {
        assertThat(line(words).replace("\"", "")).isEqualTo(words + ",1,,");
    }

    @Test
    void shouldLeaveNumbersNumbers() {
        assertThat(Csv.write(Row.class, List.of(new Row("", -12, -0.5, Instant.parse("2026-03-01T08:00:00Z")))))
                .isEqualTo("name,number,share,at\r\n,-12,-0.5,2026-03-01T08:00:00Z\r\n");
    }

    private static String line(String words) {
        return Csv.write(Row.class, List.of(new Row(words, 1, null, null)))
                .lines()
                .toList()
                .get(1);
    }
}
