package org.stonechat.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes `docs/proofs.md`: which tests show which line of the product through a front door.
///
/// Read from the sources, so that it needs none of the modules' class paths.
final class ProofsTable {

    static final String FILE = "docs/proofs.md";

    private static final Pattern PROOF = Pattern.compile(
            "@Proves\\(\\{?([^)}]*)}?\\)\\s*(?:@[^\\n]*\\n\\s*)*(?:(?:public |final |abstract )*class (\\w+)|"
                    + "(?:public )?[\\w<>\\[\\], .?]+ (\\w+)\\()",
            Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("\"([A-Z]-\\d+)\"");

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
        for (Path source : sources(root)) {
            String module =
                    root.relativize(source).toString().replace('\\', '/').replaceFirst("/src/test/.*", "");
            String text = Files.readString(source);
            String file = source.getFileName().toString().replace(".java", "");
            Matcher proof = PROOF.matcher(text);
            while (proof.find()) {
                String test = proof.group(3) == null ? file : file + "." + proof.group(3);
                Matcher code = CODE.matcher(proof.group(1));
                while (code.find()) {
                    proofs.computeIfAbsent(code.group(1), line -> new TreeSet<>())
                            .add(module + ": `" + test + "`");
                }
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

    private static List<Path> sources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.find(
                root,
                5,
                (path, attributes) -> attributes.isDirectory() && path.endsWith(Path.of("src", "test", "java")))) {
            for (Path module : modules.sorted().toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("ProofsTable.java"))
                            .sorted()
                            .forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
