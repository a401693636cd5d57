package org.stonechat.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a JVM learnt in one run of an application, for the next ones: classes loaded and linked, and which methods
/// are worth compiling (JEP 483, 514, 515). A service that starts from it is ready in half the time or less.
///
/// Learning makes that start slow, and its clean end takes the JVM up to a minute. So it is done when somebody asks
/// for it, and lasts until the application is built anew.
///
/// @param file where it is kept
record AotCache(Path file) {

    /// To be called by each `up`, before the application starts.
    ///
    /// @param build says something else for every build of the application
    /// @param learn whether the next start is one to learn from
    void prepare(String build, boolean learn) {
        String fits = String.join("\n", System.getProperty("java.vm.version"), String.join(" ", Java.SMALL), build);
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(beside(".learn"));
            boolean outdated = !Files.exists(beside(".fits"))
                    || !Files.readString(beside(".fits")).equals(fits);
            if (outdated || learn) {
                Files.deleteIfExists(file);
                Files.writeString(beside(".fits"), fits);
            }
            if (learn) {
                Files.createFile(beside(".learn"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The options for one start. Of several replicas the first learns; what is started again meanwhile does not.
    List<String> options() {
        try {
            if (Files.exists(file)) {
                // One that was not written to its end has no header yet, and the JVM starts without it.
                return List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off", "-Xlog:cds*=off");
            }
            return Files.deleteIfExists(beside(".learn"))
                    ? List.of("-XX:AOTCacheOutput=" + file, "-Xlog:aot*=off", "-Xlog:cds*=off")
                    : List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
