package org.stonechat.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stonechat.e2e.client.Json;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {

    private final Report report = new Report(List.of(
            Figure.plain("create tickets", 612.3456, "1/s").over(2_000, 0.15, 0.25),
            Figure.below("create tickets, p99", 120.5, "ms", 100),
            Figure.atLeast("analytics", 5_000, "1/s", 5_000),
            Figure.plain("memory of kafka", 310, "MiB")));

    @Test
    void shouldPrintNumbersUnderEachOtherAndSayWhatWasMissed() {
        assertThat(report.table().lines().map(String::strip))
                .containsExactly(
                        "measured      floor  ratio  aim",
                        "create tickets            612 1/s  2,000  0.306  ratio at least 0.15, stretch 0.25  ok",
                        "create tickets, p99       121 ms                 under 100 ms                       MISSED",
                        "analytics               5,000 1/s                at least 5000 1/s                  ok",
                        "memory of kafka           310 MiB");
        assertThat(report.missed()).isEqualTo(1);
    }

    @Test
    void shouldWriteAnArrayOfFigures(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("target/bench.json");

        report.write(file);

        JsonNode figures = Json.read(Files.readString(file));
        assertThat(figures).hasSize(4);
        assertThat(figures.get(0)).isEqualTo(Json.read("""
                        {"name": "create tickets", "value": 612.346, "unit": "1/s", "floor": 2000.0, "ratio": 0.306,
                         "aim": "ratio at least 0.15, stretch 0.25", "ok": true}
                        """));
        assertThat(figures.get(1).get("ok").asBoolean()).isFalse();
        assertThat(figures.get(3).get("floor").isNull()).isTrue();
        assertThat(figures.get(3).get("aim").isNull()).isTrue();
        assertThat(figures.get(3).get("ok").asBoolean()).isTrue();
    }

    @Test
    void shouldMissAnAimOnlyWhenItIsMissed() {
        assertThat(Figure.plain("rate", 15, "1/s").over(100, 0.15, 0.25).ok()).isTrue();
        assertThat(Figure.plain("rate", 14.9, "1/s").over(100, 0.15, 0.25).ok()).isFalse();
        assertThat(Figure.below("delay", 15, "ms", 15).ok()).isFalse();
        assertThat(Figure.below("delay", 14.9, "ms", 15).over(10).ok()).isTrue();
        assertThat(Figure.atLeast("rate", 4_999, "1/s", 5_000).ok()).isFalse();
    }

    @Test
    void shouldMissAnAimWhenAListGrowsWithItsTickets() {
        Figure same = Figure.below("list, p95", 8, "ms", 30).grownFrom(4, Benchmark.SAME);

        assertThat(same.ok()).isTrue();
        assertThat(same.ratio()).isEqualTo(2);
        assertThat(new Report(List.of(same)).table().lines().toList())
                .last()
                .asString()
                .isEqualToIgnoringWhitespace("list, p95 8.0 ms 4.0 2.000 under 30 ms, ratio at most 2 ok");
        assertThat(Figure.below("list, p95", 8.1, "ms", 30)
                        .grownFrom(4, Benchmark.SAME)
                        .ok())
                .isFalse();
        assertThat(Figure.below("list, p95", 31, "ms", 30)
                        .grownFrom(30, Benchmark.SAME)
                        .ok())
                .isFalse();
        assertThat(Figure.plain("list, p50", 9, "ms").grownFrom(3, Benchmark.SAME))
                .satisfies(grown -> assertThat(grown.aim()).isEqualTo("ratio at most 2"))
                .satisfies(grown -> assertThat(grown.ok()).isFalse());
    }

    @Test
    void shouldTakeAGigabyteForAThousandMillions() {
        assertThat(Benchmark.MOST_MEMORY).isBetween(3_337.8, 3_337.9);
        Figure memory = Figure.below("memory of all", 3_338, "MiB", Benchmark.MOST_MEMORY);

        assertThat(memory.ok()).isFalse();
        assertThat(memory.aim()).isEqualTo("under 3337.9 MiB");
        assertThat(Figure.below("memory of all", 3_337, "MiB", Benchmark.MOST_MEMORY)
                        .ok())
                .isTrue();
    }
}
