package org.stonechat.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Builds the checkout, when something in it changed since the last time.
final class Build {

    private static final Set<String> NOT_SOURCES = Set.of("target", "docs", "node_modules");
    private static final Pattern MODULE = Pattern.compile("\\[INFO] Building (\\S+).*\\[(\\d+/\\d+)]");

    private final Path root;
    private final Maven maven;
    private final List<Application> applications;

    Build(Path root, Maven maven, List<Application> applications) {
        this.root = root;
        this.maven = maven;
        this.applications = applications;
    }

    boolean isUpToDate() {
        try {
            return applications.stream().allMatch(Application::isBuilt)
                    && Files.exists(stampFile())
                    && Files.readString(stampFile()).equals(stampOfSources());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes everything that is run, without tests and checks.
    ///
    /// @param onModule hears of each module when its turn comes
    void run(Consumer<String> onModule) {
        // Taken before: what changes while Maven works makes the next run build again.
        String stamp = stampOfSources();
        maven.run(List.of("-Dquick", "package"), line -> {
            Matcher module = MODULE.matcher(line);
            if (module.find()) {
                onModule.accept(module.group(1) + " (" + module.group(2) + ")");
            }
        });
        try {
            Files.createDirectories(stampFile().getParent());
            Files.writeString(stampFile(), stamp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path stampFile() {
        return root.resolve("target/stonechat-sources.sha256");
    }

    private String stampOfSources() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path source : sources()) {
                digest.update(root.relativize(source).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(Files.readAllBytes(source));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean skipped = NOT_SOURCES.contains(name)
                        || (name.startsWith(".") && !directory.equals(root))
                        || directory.endsWith(Path.of("src", "test"));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean counts = file.getFileName().toString().equals("pom.xml")
                        || file.toString().contains(Path.of("src", "main").toString());
                if (counts) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(sources);
        return sources;
    }
}
