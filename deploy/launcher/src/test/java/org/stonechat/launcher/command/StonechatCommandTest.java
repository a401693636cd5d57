package org.stonechat.launcher.command;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class StonechatCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine line =
            StonechatCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "status", "logs", "reset", "demo", "test", "bench", "faults"})
    void shouldExplainEveryWord(String word) {
        assertThat(line.execute(word, "--help")).isZero();

        assertThat(out.toString()).contains("Usage: stonechat " + word).contains("--help");
    }

    @Test
    void shouldExplainFaultsWithTheNumbersOfTheRule() {
        assertThat(line.execute("faults", "--help")).isZero();

        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains(
                        "30 unless given, with --quick 7.",
                        "only after 5 kills and 500 acknowledged requests",
                        "too small to count",
                        "The exit code is 0 when nothing was lost or doubled");
    }

    @Test
    void shouldListTheWordsWhenAskedForNone() {
        assertThat(line.execute()).isZero();

        assertThat(out.toString()).contains("up ", "down ", "status ", "logs ", "reset ", "demo ", "bench ", "faults ");
    }

    @Test
    void shouldNotUnderstandOtherWords() {
        assertThat(line.execute("fly")).isEqualTo(2);

        assertThat(err.toString()).contains("fly");
    }

    @Test
    void shouldSayInOneSentenceWhatIsWrong() {
        assertThat(line.execute("status", "--port-offset", "99999")).isEqualTo(1);

        assertThat(err.toString().strip()).isEqualTo("stonechat: The port offset has to lie between 0 and 46442.");
    }
}
