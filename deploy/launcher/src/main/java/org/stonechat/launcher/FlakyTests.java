package org.stonechat.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// The tests that failed and passed when they were run once more, as Failsafe's reports tell.
public final class FlakyTests {

    private static final Set<String> NO_MODULES_IN = Set.of("src", "node_modules", ".git", ".stonechat");
    private static final Set<String> FLAKES = Set.of("flakyFailure", "flakyError");

    private FlakyTests() {}

    /// @param report relative to the checkout
    public record FlakyTest(String className, String method, Path report) {

        /// For a person, who is to do something about it.
        public String sentence() {
            return "passed at the second try: " + className.substring(className.lastIndexOf('.') + 1) + "." + method
                    + " – that is a defect of the test or of the product, see " + report;
        }
    }

    /// Those of the checkout's reports that are not older than that.
    public static List<FlakyTest> since(Path root, Instant began) {
        List<FlakyTest> found = new ArrayList<>();
        try {
            for (Path report : reports(root)) {
                if (!Files.getLastModifiedTime(report).toInstant().isBefore(began)) {
                    found.addAll(in(report, root.relativize(report)));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        found.sort(Comparator.comparing(FlakyTest::className).thenComparing(FlakyTest::method));
        return found;
    }

    private static List<Path> reports(Path root) throws IOException {
        PathMatcher isReport = root.getFileSystem().getPathMatcher("glob:**/target/failsafe-reports/TEST-*.xml");
        List<Path> reports = new ArrayList<>();
        Files.walkFileTree(root, Set.of(), 6, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return NO_MODULES_IN.contains(String.valueOf(directory.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (isReport.matches(file)) {
                    reports.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                // What comes and goes while we look is no report.
                return FileVisitResult.CONTINUE;
            }
        });
        return reports;
    }

    private static List<FlakyTest> in(Path report, Path shown) throws IOException {
        List<FlakyTest> found = new ArrayList<>();
        NodeList cases = parse(report).getElementsByTagName("testcase");
        for (int index = 0; index < cases.getLength(); index++) {
            Element test = (Element) cases.item(index);
            if (FLAKES.stream()
                    .anyMatch(flake -> test.getElementsByTagName(flake).getLength() > 0)) {
                found.add(new FlakyTest(test.getAttribute("classname"), test.getAttribute("name"), shown));
            }
        }
        return found;
    }

    private static Document parse(Path report) throws IOException {
        try (InputStream content = Files.newInputStream(report)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(content);
        } catch (ParserConfigurationException | SAXException noReport) {
            throw new IOException(report + " is no report of tests: " + noReport.getMessage(), noReport);
        }
    }
}
