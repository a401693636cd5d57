package org.stonechat.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.stonechat.testing.Proofs;

/// Writes `docs/proofs.md`: which tests show which line of the product through a front door.
final class ProofsTable {

    static final String FILE = "docs/proofs.md";

    /// T-2 before T-10, and the letters in the order of the product's chapters.
    private static final Comparator<String> CHAPTERS = Comparator.<String>comparingInt(
                    code -> "TRSNAGO".indexOf(code.charAt(0)))
            .thenComparingInt(code -> Integer.parseInt(code.substring(2)));

    private ProofsTable() {}

    public static void main(String[] arguments) throws IOException {
        Path root = SharedPlatform.checkout();
        Files.writeString(root.resolve(FILE), generate(root));
    }

    static String generate(Path root) throws IOException {
        Map<String, TreeSet<String>> proofs = new TreeMap<>(CHAPTERS);
        for (Proofs.Proof proof : Proofs.in(root)) {
            String test = proof.method().isEmpty() ? proof.type() : proof.type() + "." + proof.method();
            for (String line : proof.lines()) {
                proofs.computeIfAbsent(line, none -> new TreeSet<>()).add(proof.module() + ": `" + test + "`");
            }
        }
        StringBuilder table = new StringBuilder("""
                # What is shown, line by line

                Each line of the product that a test shows through a front door: HTTP, mail or a page. Generated from the
                tests' `@Proves` annotations by `ProofsTable` in `deploy/e2e`; a test fails when it is stale.

                | Line | Shown by |
                |---|---|
                """);
        proofs.forEach((line, tests) -> table.append("| ")
                .append(line)
                .append(" | ")
                .append(String.join("<br>", tests))
                .append(" |\n"));
        return table.toString();
    }
}
