package org.stonechat.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// The canvas says of each sentence of the product's review lines which tests show it, and they are there and carry its
/// code.
class CanvasTest {

    private static final Pattern ROW = Pattern.compile("\\| (R-\\d)? ?\\| [^|]+ \\| ([^|]+) \\|");
    private static final Pattern NAMED = Pattern.compile("`(?:([A-Z]\\w+IT)\\.?)?(should\\w+)?`");
    private static final Pattern METHOD =
            Pattern.compile("@Proves\\(([^)]*)\\)\\s+(?:@\\w+(?:\\([^)]*\\))?\\s+)*void (should\\w+)\\(");
    private static final List<Path> MODULES = List.of(
            Path.of("."), Path.of("../ticket-service"), Path.of("../notification-service"), Path.of("../deploy/e2e"));

    /// A test that a row names.
    ///
    /// @param method empty for all of a class
    private record Named(String line, String type, String method) {}

    @Test
    void shouldNameTestsThatAreThereAndProveTheLine() throws IOException {
        Map<String, Map<String, String>> proofs = proofs();

        List<Named> missing = named().stream()
                .filter(named -> {
                    Map<String, String> methods = proofs.getOrDefault(named.type(), Map.of());
                    String code = "\"" + named.line() + "\"";
                    return named.method().isEmpty()
                            ? methods.values().stream().noneMatch(proof -> proof.contains(code))
                            : !methods.getOrDefault(named.method(), "").contains(code);
                })
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void shouldHaveRowsForEveryLine() throws IOException {
        assertThat(named().stream().map(Named::line).distinct())
                .containsExactly("R-1", "R-2", "R-3", "R-4", "R-5", "R-6", "R-7");
    }

    private static List<Named> named() throws IOException {
        List<Named> named = new ArrayList<>();
        String line = "";
        for (String text : Files.readAllLines(Path.of("README.md"))) {
            Matcher row = ROW.matcher(text);
            if (!row.matches()) {
                continue;
            }
            line = row.group(1) == null ? line : row.group(1);
            String type = "";
            Matcher test = NAMED.matcher(row.group(2));
            while (test.find()) {
                type = test.group(1) == null ? type : test.group(1);
                named.add(new Named(line, type, test.group(2) == null ? "" : test.group(2)));
            }
        }
        return named;
    }

    /// What each test method says it proves, by class.
    private static Map<String, Map<String, String>> proofs() throws IOException {
        Map<String, Map<String, String>> proofs = new HashMap<>();
        for (Path module : MODULES) {
            try (Stream<Path> sources = Files.walk(module.resolve("src/test/java"))) {
                for (Path source : sources.filter(file -> file.toString().endsWith("IT.java"))
                        .toList()) {
                    String type = source.getFileName().toString().replace(".java", "");
                    Map<String, String> methods = proofs.computeIfAbsent(type, name -> new HashMap<>());
                    Matcher method = METHOD.matcher(Files.readString(source));
                    while (method.find()) {
                        methods.merge(method.group(2), method.group(1), String::concat);
                    }
                }
            }
        }
        return proofs;
    }
}
