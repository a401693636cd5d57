package org.stonechat.launcher.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.stonechat.launcher.Platform;
import org.stonechat.launcher.Progress;
import org.stonechat.launcher.Refusal;

/// Programs that use a platform from outside live in the end-to-end module; they run in the terminal of the
/// launcher.
final class EndToEnd {

    private EndToEnd() {}

    /// @param program the name of the main class in `org.stonechat.e2e`
    /// @return its exit code
    static int run(Platform platform, String program, List<String> arguments, Progress progress) {
        platform.build(progress);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(platform.root().resolve("deploy/e2e/target")),
                "org.stonechat.e2e." + program));
        if (platform.portOffset() != 0) {
            command.addAll(List.of("--port-offset", Integer.toString(platform.portOffset())));
        }
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(platform.root().toFile()).inheritIO();
        builder.environment().put("STONECHAT_ROOT", platform.root().toString());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new Refusal("The program " + program + " could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted while " + program + " ran.", e);
        }
    }

    private static String classPath(Path target) {
        List<String> jars = new ArrayList<>();
        for (Path directory : List.of(target, target.resolve("lib"))) {
            if (!Files.isDirectory(directory)) {
                throw new Refusal("The end-to-end programs are not built: there is no " + directory + ".");
            }
            String pattern = directory.equals(target) ? "deploy-e2e-*.jar" : "*.jar";
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
                found.forEach(jar -> jars.add(jar.toString()));
            } catch (IOException e) {
                throw new Refusal("The end-to-end programs in " + directory + " cannot be read: " + e.getMessage(), e);
            }
        }
        return String.join(java.io.File.pathSeparator, jars);
    }
}
