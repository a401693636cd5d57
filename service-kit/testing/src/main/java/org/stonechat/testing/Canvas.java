package org.stonechat.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a service promises in its canvas: sentences of the product, and for each the tests that show it.
///
/// It is the table of the service's `README.md` that begins with [#HEAD]. Each row begins with the code of the line;
/// its second cell names tests as `` `ReplyIT.shouldReplyByMail` ``, with any words around them.
public final class Canvas {

    static final String HEAD = "| Sentence of `product.md` | Shown by |";

    private static final Pattern CODE = Pattern.compile("[A-Z]-\\d+");
    private static final Pattern TEST = Pattern.compile("`(\\w+IT)\\.(should\\w+)`");
    private static final Pattern QUOTED = Pattern.compile("`[^`]+`");

    /// A row of the table.
    private record Promise(String line, String sentence, String shownBy) {

        List<String> tests() {
            return TEST.matcher(shownBy)
                    .results()
                    .map(test -> test.group(1) + "." + test.group(2))
                    .toList();
        }

        /// Nothing else is named as a test.
        boolean namesTestsAlone() {
            return QUOTED.matcher(shownBy).results().count() == tests().size();
        }
    }

    private final List<Promise> promises;
    private final Map<String, Set<String>> unnumbered;

    private Canvas(List<Promise> promises, Map<String, Set<String>> unnumbered) {
        this.promises = promises;
        this.unnumbered = unnumbered;
    }

    /// The canvas of the service whose tests are running.
    ///
    /// @param unnumbered chapters of the product whose sentences have no code, and the codes of which a test of
    ///                   theirs carries one
    public static Canvas ofThisService(Map<String, Set<String>> unnumbered) {
        return of(Path.of("README.md"), unnumbered);
    }

    static Canvas of(Path readme, Map<String, Set<String>> unnumbered) {
        try {
            List<String> text = Files.readAllLines(readme);
            int head = 0;
            while (head < text.size() && !text.get(head).startsWith(HEAD)) {
                head++;
            }
            // Below the head there is the line of dashes.
            List<Promise> promises = text.stream()
                    .skip(head + 2L)
                    .takeWhile(row -> row.startsWith("|"))
                    .map(Canvas::promise)
                    .toList();
            return new Canvas(promises, unnumbered);
        } catch (IOException failure) {
            throw new UncheckedIOException("there is no canvas", failure);
        }
    }

    private static Promise promise(String row) {
        String[] cells = row.substring(1).split("\\|", -1);
        String[] sentence = cells[0].strip().split(" ", 2);
        return new Promise(sentence[0], sentence[sentence.length - 1], cells.length > 1 ? cells[1] : "");
    }

    /// The lines there are sentences of, each once, in their order.
    public List<String> lines() {
        return promises.stream().map(Promise::line).distinct().toList();
    }

    /// What keeps this canvas from being true, in words: rows that name no tests, or something else than tests, and
    /// tests that are not there or do not prove the line. Empty when all is well.
    public List<String> faults() {
        return faults(Proofs.in(Path.of("..")));
    }

    List<String> faults(List<Proofs.Proof> proofs) {
        List<String> faults = new ArrayList<>();
        for (Promise promise : promises) {
            Set<String> codes = codes(promise.line());
            String row = promise.line() + " " + promise.sentence();
            if (codes.isEmpty()) {
                faults.add(row + ": begins with no line of the product");
            }
            if (promise.tests().isEmpty()) {
                faults.add(row + ": names no test");
            }
            if (!promise.namesTestsAlone()) {
                faults.add(row + ": names something else than tests");
            }
            for (String test : promise.tests()) {
                if (proofs.stream()
                        .filter(proof -> test.equals(proof.type() + "." + proof.method()))
                        .noneMatch(proof -> proof.lines().stream().anyMatch(codes::contains))) {
                    faults.add(row + ": " + test + " is not there, or does not prove it");
                }
            }
        }
        return faults;
    }

    private Set<String> codes(String line) {
        Matcher code = CODE.matcher(line);
        return code.matches() ? Set.of(line) : unnumbered.getOrDefault(line, Set.of());
    }
}
