package org.stonechat.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the tests of all modules say they prove, by their [Proves].
///
/// Read from the sources, so that whoever asks needs none of the modules' class paths.
public final class Proofs {

    /// Other annotations may stand between, as those of a test with parameters, but no other method.
    private static final Pattern PROOF =
            Pattern.compile("@Proves\\(\\{?([^)}]*)}?\\)\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+|@[^\\n]*\\n\\s*)*"
                    + "(?:(?:public |final |abstract )*class (\\w+)|(?:public )?[\\w<>\\[\\], .?]+ (\\w+)\\()");

    private static final Pattern LINE = Pattern.compile("\"([A-Z]-\\d+)\"");

    private static final String SOURCES = "/src/test/java";

    /// A test, and the lines of the product it proves.
    ///
    /// @param module where it is, such as `deploy/e2e`
    /// @param method empty where all of a class proves the lines
    /// @param lines  their codes, such as `T-3`
    public record Proof(String module, String type, String method, Set<String> lines) {}

    private Proofs() {}

    /// Those of all modules of a checkout, in the order of their sources.
    public static List<Proof> in(Path checkout) {
        try {
            List<Proof> proofs = new ArrayList<>();
            for (Path folder : folders(checkout)) {
                String path = '/' + checkout.relativize(folder).toString().replace('\\', '/');
                String module = path.substring(1, path.length() - SOURCES.length());
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path source : files.filter(file -> file.toString().endsWith(".java"))
                            .sorted()
                            .toList()) {
                        proofs.addAll(proofs(module, source));
                    }
                }
            }
            return proofs;
        } catch (IOException failure) {
            throw new UncheckedIOException("the tests cannot be read", failure);
        }
    }

    private static List<Path> folders(Path checkout) throws IOException {
        try (Stream<Path> folders = Files.find(
                checkout,
                5,
                (path, attributes) -> attributes.isDirectory() && path.endsWith(Path.of("src", "test", "java")))) {
            return folders.sorted().toList();
        }
    }

    private static List<Proof> proofs(String module, Path source) throws IOException {
        List<Proof> proofs = new ArrayList<>();
        String type = source.getFileName().toString().replace(".java", "");
        Matcher proof = PROOF.matcher(Files.readString(source));
        while (proof.find()) {
            Set<String> lines = new TreeSet<>(LINE.matcher(proof.group(1))
                    .results()
                    .map((MatchResult line) -> line.group(1))
                    .toList());
            proofs.add(new Proof(module, type, proof.group(3) == null ? "" : proof.group(3), lines));
        }
        return proofs;
    }
}
