package org.stonechat.ticket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

/// The canvas says of each sentence of the product's ticket lines which tests show it, and they do.
class CanvasTest {

    /// What everybody may do is not numbered; each of its sentences is somebody's who is refused.
    private static final String RIGHTS = "Rights";

    private static final Pattern ROW =
            Pattern.compile("\\| (T-\\d+|" + RIGHTS + ") [^|]+ \\| ([^|]*`[^|]+) \\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+IT)\\.(should\\w+)`");
    private static final Pattern QUOTED = Pattern.compile("`[^`]+`");

    /// A row of the table: a sentence, and the tests that show it.
    private record Row(String line, String tests) {

        List<Method> methods() {
            return TEST.matcher(tests)
                    .results()
                    .map(test -> new Method(test.group(1), test.group(2)))
                    .toList();
        }

        /// Nothing else is named as a test.
        boolean namesTestsAlone() {
            return QUOTED.matcher(tests).results().count() == methods().size();
        }
    }

    private record Method(String type, String name) {}

    @Test
    void shouldHaveRowsForEveryLineInTheirOrder() throws IOException {
        List<String> lines = rows().stream().map(Row::line).distinct().toList();

        assertThat(lines)
                .containsExactlyElementsOf(Stream.concat(
                                Stream.concat(IntStream.rangeClosed(1, 17).boxed(), Stream.of(20))
                                        .map(number -> "T-" + number),
                                Stream.of(RIGHTS))
                        .toList());
    }

    @Test
    void shouldNameTestsThatAreThereAndProveTheLine() throws IOException {
        Map<String, List<Path>> sources = tests();
        List<String> wrong = new ArrayList<>();
        for (Row row : rows()) {
            if (row.methods().isEmpty() || !row.namesTestsAlone()) {
                wrong.add(row + " names something else than tests");
            }
            for (Method test : row.methods()) {
                if (!proves(sources.getOrDefault(test.type(), List.of()), test.name(), row.line())) {
                    wrong.add(test + " is not there or proves no " + row.line());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean proves(List<Path> sources, String method, String line) throws IOException {
        String code = line.equals(RIGHTS) ? "\"(G-4|T-5|T-6)\"" : "\"" + line + "\"";
        // Other annotations may stand between, as those of a test with parameters, but no other method.
        Pattern proof = Pattern.compile(
                "@Proves\\([^)]*" + code + "[^)]*\\)\\s+(@\\w+(\\([^)]*\\))?\\s+)*void " + method + "\\(");
        for (Path source : sources) {
            if (proof.matcher(Files.readString(source)).find()) {
                return true;
            }
        }
        return false;
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(row.group(1), row.group(2)));
            }
        }
        return rows;
    }

    /// The tests of all services, by the name of the class.
    private static Map<String, List<Path>> tests() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                16,
                (path, attributes) -> path.toString().contains("/src/test/java/")
                        && path.getFileName().toString().endsWith("IT.java"))) {
            return files.collect(
                    groupingBy(path -> path.getFileName().toString().replace(".java", "")));
        }
    }
}
