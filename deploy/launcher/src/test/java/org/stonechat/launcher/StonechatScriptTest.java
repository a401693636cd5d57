package org.stonechat.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// The script, as far as it goes without Java.
class StonechatScriptTest {

    private static final Path SCRIPT =
            Path.of("../../stonechat").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @Test
    void shouldSayWhatToInstallWhenThereIsNoJdk() throws Exception {
        Outcome outcome = run(Map.of());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .isEqualTo(
                        "stonechat: Stonechat needs a JDK 25, and none was found here: install one (for example Eclipse"
                                + " Temurin), or point JAVA_HOME at it.");
    }

    @Test
    void shouldSayWhichJdkIsTooOld() throws Exception {
        jdk("jdk-17", "17.0.9");
        jdk("jdk-8", "1.8.0_392");

        Outcome outcome = run(Map.of());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .isEqualTo(
                        "stonechat: Stonechat needs a JDK 25, and the newest one found here is 17: install a JDK 25 (for"
                                + " example Eclipse Temurin), or point JAVA_HOME at one.");
    }

    @Test
    void shouldPassOverAnOldJdkInJavaHome() throws Exception {
        Path old = jdk("old", "21.0.1");
        jdk("new", "25.0.1");

        Outcome outcome = run(Map.of("JAVA_HOME", old.toString()));

        // The Java of this JDK only says who it is.
        assertThat(outcome.output()).endsWith("started by 25.0.1");
    }

    @Test
    void shouldTellWhenItBeganAndThatItBuiltNothing() throws Exception {
        jdk("new", "25.0.1");
        long before = Instant.now().getEpochSecond();

        String output =
                run(Map.of("STONECHAT_BEGAN", "1", "STONECHAT_BUILT", "77")).output();

        assertThat(output).matches("began at \\d+, built for 0, started by 25\\.0\\.1");
        assertThat(Long.parseLong(output.replaceAll("began at (\\d+),.*", "$1")))
                .isBetween(before, Instant.now().getEpochSecond());
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve("jdks").resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (String program : new String[] {"java", "javac"}) {
            Path file = Files.writeString(
                    home.resolve("bin").resolve(program),
                    "#!/bin/sh\necho began at $STONECHAT_BEGAN, built for $STONECHAT_BUILT, started by " + version
                            + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return home;
    }

    /// A checkout with a launcher that looks freshly built, and a machine with no Java but that of the test.
    private Outcome run(Map<String, String> environment) throws Exception {
        Path checkout = Files.createDirectories(directory.resolve("checkout"));
        Path script = checkout.resolve("stonechat");
        Files.copy(SCRIPT, script);
        script.toFile().setExecutable(true);
        Path libraries = Files.createDirectories(checkout.resolve("deploy/launcher/target/lib"));
        Files.createFile(libraries.resolve("deploy-parts-1.jar"));
        Files.createFile(checkout.resolve("deploy/launcher/target/deploy-launcher-1.0.0-SNAPSHOT.jar"));

        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : new String[] {
            "bash",
            "sh",
            "dirname",
            "readlink",
            "sed",
            "head",
            "grep",
            "find",
            "cat",
            "date",
            "cksum",
            "cut",
            "cp",
            "mkdir",
            "mv",
            "rm",
            "ls",
            "tail"
        }) {
            Path program = Stream.of("/bin", "/usr/bin")
                    .map(folder -> Path.of(folder, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), program);
        }
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", script.toString(), "status").redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment()
                .put("STONECHAT_JDK_FOLDERS", directory.resolve("jdks").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return new Outcome(process.waitFor(), output);
    }

    private record Outcome(int exitCode, String output) {}
}
