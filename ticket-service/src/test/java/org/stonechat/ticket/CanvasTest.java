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

    private static final Pattern ROW = Pattern.compile("\\| (T-\\d+) [^|]+ \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    /// A row of the table: a sentence, and the tests that show it.
    private record Row(String line, List<String> tests) {}

    @Test
    void shouldHaveRowsForEveryLineInTheirOrder() throws IOException {
        List<String> lines = rows().stream().map(Row::line).distinct().toList();

        assertThat(lines)
                .containsExactlyElementsOf(
                        Stream.concat(IntStream.rangeClosed(1, 17).boxed(), Stream.of(20))
                                .map(number -> "T-" + number)
                                .toList());
    }

    @Test
    void shouldNameTestsThatAreThereAndProveTheLine() throws IOException {
        Map<String, List<Path>> sources = tests();
        List<String> wrong = new ArrayList<>();
        for (Row row : rows()) {
            if (row.tests().isEmpty()) {
                wrong.add(row + " names no test");
            }
            for (String test : row.tests()) {
                if (!proves(sources.getOrDefault(test, List.of()), row.line())) {
                    wrong.add(test + " is not there or proves no " + row.line());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean proves(List<Path> sources, String line) throws IOException {
        Pattern proof = Pattern.compile("@Proves\\([^)]*\"" + line + "\"[^)]*\\)");
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
                rows.add(new Row(
                        row.group(1),
                        WORD.matcher(row.group(2))
                                .results()
                                .map(word -> word.group(1))
                                .toList()));
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
