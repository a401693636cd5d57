package org.stonechat.e2e.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.stonechat.e2e.client.Json;
import org.stonechat.launcher.FaultsRule;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ResultTest {

    @Test
    void shouldBeOkAfterEnoughKillsAndAcknowledgementsWithoutALoss() {
        assertThat(FaultsRule.KILLS).isEqualTo(5);
        assertThat(FaultsRule.ACKNOWLEDGED).isEqualTo(500);

        Result result = result(5, 500, 0, 0);

        assertThat(result.ok()).isTrue();
        assertThat(result.verdict()).isEqualTo("ok");
    }

    @Test
    void shouldNotBeOkAfterTooFewKills() {
        Result result = result(4, 5_000, 0, 0);

        assertThat(result.sound()).isTrue();
        assertThat(result.ok()).isFalse();
        assertThat(result.verdict()).isEqualTo("too small to count");
    }

    @Test
    void shouldNotBeOkAfterTooFewAcknowledgements() {
        Result result = result(5, 499, 0, 0);

        assertThat(result.sound()).isTrue();
        assertThat(result.ok()).isFalse();
        assertThat(result.verdict()).isEqualTo("too small to count");
    }

    @Test
    void shouldNotBeOkWhenSomethingWasLostOrDoubled() {
        for (Result result : List.of(result(5, 500, 1, 0), result(5, 500, 0, 1))) {
            assertThat(result.sound()).isFalse();
            assertThat(result.ok()).isFalse();
            assertThat(result.verdict()).isEqualTo("NOT OK");
        }
    }

    @Test
    void shouldNotBeOkWhenSomethingWasRefusedOrElseWrong() {
        Result refused = new Result("gateway", 5, 500, 0, 0, 4, 2, 0, 0, 1, List.of());
        Result wrong = new Result("gateway", 5, 500, 0, 0, 4, 2, 0, 0, 0, List.of("wrong: not at rest"));

        assertThat(refused.ok()).isFalse();
        assertThat(wrong.ok()).isFalse();
    }

    @Test
    void shouldNotBeOkWhenItWasNotBegun() {
        Result result = Result.notBegun("gateway", Duration.ofMinutes(30));

        assertThat(result.sound()).isFalse();
        assertThat(result.ok()).isFalse();
        assertThat(result.verdict()).isEqualTo("NOT BEGUN");
    }

    @Test
    void shouldSayThatAQuickLookIsTooSmallToCount() {
        List<String> lines = new ArrayList<>();
        Report report = new Report(Siege.Plan.quick(1), lines::add);

        report.begin(List.of("gateway"));
        report.end(List.of(result(1, 60, 0, 0)));

        assertThat(lines.get(1)).startsWith("This is a quick look, too small to count.");
        assertThat(lines).anyMatch(line -> line.startsWith("gateway") && line.endsWith("too small to count"));
        assertThat(lines.getLast()).contains("too small to count", "5 kills and 500 acknowledged requests");
        assertThat(report.sound()).isTrue();
        assertThat(file(report).get("ok").asBoolean()).isFalse();
    }

    @Test
    void shouldSayThatAFullRunCounts() {
        List<String> lines = new ArrayList<>();
        Report report = new Report(Siege.Plan.full(1), lines::add);

        report.begin(List.of("gateway"));
        report.end(List.of(result(5, 512, 0, 0)));

        assertThat(lines).noneMatch(line -> line.contains("too small"));
        assertThat(lines.getLast()).startsWith("Ok:");
        assertThat(report.sound()).isTrue();
        assertThat(file(report)).isEqualTo(Json.read("""
                {"name": "gateway", "kills": 5, "acknowledged": 512, "lost": 0, "doubled": 0,
                 "recoverySeconds": 4.0, "ok": true}
                """));
    }

    @Test
    void shouldNotBeSoundWhenOneTargetIsNot() {
        List<String> lines = new ArrayList<>();
        Report report = new Report(Siege.Plan.quick(1), lines::add);

        report.end(List.of(result(1, 60, 0, 0), result(1, 60, 0, 1)));

        assertThat(report.sound()).isFalse();
        assertThat(lines.getLast()).startsWith("Not ok:");
    }

    private static Result result(int kills, int acknowledged, int lost, int doubled) {
        return new Result("gateway", kills, acknowledged, lost, doubled, 4, 2, 0, 0, 0, List.of());
    }

    private static JsonNode file(Report report) {
        JsonNode targets = Json.read(report.json());
        assertThat(targets).hasSize(1);
        return targets.get(0);
    }
}
