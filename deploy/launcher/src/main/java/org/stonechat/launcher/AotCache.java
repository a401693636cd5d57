package org.stonechat.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a JVM learnt in one run of an application, for the next ones: classes loaded and linked, and which methods
/// are worth compiling (JEP 483, 514, 515). A service that starts from it is ready in half the time or less, and
/// needs half the memory.
///
/// Learning makes a start slow, and its clean end takes the JVM some seconds. So it is done once for a build, at the
/// second `up`: a build that is started once, as while somebody works on it, is not worth it.
///
/// @param file where it is kept
record AotCache(Path file) {

    /// To be called by each `up`, before the application starts.
    ///
    /// @param build says something else for every build of the application
    void prepare(String build) {
        String fits = String.join("\n", System.getProperty("java.vm.version"), String.join(" ", Java.SMALL), build);
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(beside(".fits"))
                    || !Files.readString(beside(".fits")).equals(fits)) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(beside(".learn"));
                Files.writeString(beside(".fits"), fits);
            } else if (!Files.exists(file)) {
                Files.writeString(beside(".learn"), "");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The options for one start. Of several replicas the first learns.
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
