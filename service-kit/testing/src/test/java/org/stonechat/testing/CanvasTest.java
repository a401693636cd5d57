package org.stonechat.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CanvasTest {

    @TempDir
    private Path checkout;

    @BeforeEach
    void shop() throws IOException {
        Path tests = Files.createDirectories(checkout.resolve("deploy/shop/src/test/java/org/example"));
        // Put together, because whoever reads the proofs of this checkout must not find these.
        Files.writeString(tests.resolve("ParcelIT.java"), """
                class ParcelIT {
                    @Test
                    @%s("T-1")
                    void shouldArrive() {}

                    @%s({"T-1", "T-2"})
                    @ParameterizedTest
                    @CsvSource({
                        "1",
                        "2",
                    })
                    void shouldArriveOnTime(int day) {}

                    @Test
                    @%s({
                        "G-4"
                    })
                    void shouldBeRefused() {}

                    @Test
                    void shouldProveNothing() {}
                }
                """.replace("%s", "Proves"));
    }

    private Canvas canvas(String... rows) throws IOException {
        Path readme = checkout.resolve("README.md");
        Files.writeString(
                readme,
                "# shop\n\n| T-9 of another table | `NoneIT.shouldNot` |\n\n" + Canvas.HEAD
                        + " Lives in |\n|---|---|---|\n" + String.join("\n", rows)
                        + "\n\n| T-8 of another table | nothing |\n");
        return Canvas.of(readme, Map.of("Rights", Set.of("G-4", "T-2")));
    }

    private List<String> faults(String... rows) throws IOException {
        return canvas(rows).faults(Proofs.in(checkout));
    }

    @Test
    void shouldFindNoFaultWhereEveryTestIsThereAndProvesItsLine() throws IOException {
        assertThat(faults(
                        "| T-1 it arrives | here `ParcelIT.shouldArrive`, and `ParcelIT.shouldArriveOnTime` | `parcel` |",
                        "| T-2 … on time | `ParcelIT.shouldArriveOnTime` |",
                        "| Rights of the `clerk` | `ParcelIT.shouldBeRefused`, `ParcelIT.shouldArriveOnTime` | |"))
                .isEmpty();
    }

    @Test
    void shouldNameTestsThatAreGone() throws IOException {
        assertThat(faults("| T-1 it arrives | `ParcelIT.shouldArrive`, `ParcelIT.shouldGetLost` |"))
                .containsExactly("T-1 it arrives: ParcelIT.shouldGetLost is not there, or does not prove it");
        assertThat(faults("| T-1 it arrives | `LetterIT.shouldArrive` |"))
                .containsExactly("T-1 it arrives: LetterIT.shouldArrive is not there, or does not prove it");
    }

    @Test
    void shouldNameTestsThatProveNothingOrSomethingElse() throws IOException {
        assertThat(faults(
                        "| T-1 it arrives | `ParcelIT.shouldProveNothing` |",
                        "| T-2 on time | `ParcelIT.shouldArrive` |",
                        "| Rights of clerks | `ParcelIT.shouldArrive` |"))
                .containsExactly(
                        "T-1 it arrives: ParcelIT.shouldProveNothing is not there, or does not prove it",
                        "T-2 on time: ParcelIT.shouldArrive is not there, or does not prove it",
                        "Rights of clerks: ParcelIT.shouldArrive is not there, or does not prove it");
    }

    @Test
    void shouldNameRowsThatNameNoTestsOrOthersToo() throws IOException {
        assertThat(faults(
                        "| T-1 it arrives | some day |",
                        "| T-1 whole | `ParcelIT` |",
                        "| T-1 rest | `ParcelIT.shouldArrive`, `shouldArriveOnTime` |",
                        "| T-1 alone |"))
                .containsExactly(
                        "T-1 it arrives: names no test",
                        "T-1 whole: names no test",
                        "T-1 whole: names something else than tests",
                        "T-1 rest: names something else than tests",
                        "T-1 alone: names no test");
    }

    @Test
    void shouldNameRowsOfNoLine() throws IOException {
        assertThat(faults("| T1 it arrives | `ParcelIT.shouldArrive` |"))
                .contains("T1 it arrives: begins with no line of the product");
    }

    @Test
    void shouldSayWhichLinesThereAreSentencesOf() throws IOException {
        assertThat(canvas("| T-2 a | `AIT.shouldA` |", "| T-2 b | |", "| Rights c | |", "| T-1 d | |")
                        .lines())
                .containsExactly("T-2", "Rights", "T-1");
        assertThat(canvas().lines()).isEmpty();
    }
}
