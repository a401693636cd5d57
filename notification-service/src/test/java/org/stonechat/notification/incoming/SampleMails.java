package org.stonechat.notification.incoming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// The collection of mails that were read wrongly once. It lies beside the project, wherever that is checked out.
final class SampleMails {

    private SampleMails() {}

    static byte[] bytes(String name) throws IOException {
        Path folder = folder();
        Assumptions.assumeTrue(folder != null, "the collection of sample mails is not here");
        return Files.readAllBytes(folder.resolve(name + ".eml"));
    }

    /// None where the collection is not.
    static List<String> names() {
        Path folder = folder();
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".eml"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static @Nullable Path folder() {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            Path folder = place.resolve("shared/data/mail-cases");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return null;
    }
}
