package org.stonechat.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The script, as far as it goes without Java.
class StonechatScriptTest {

    private static final Path SCRIPT =
            Path.of("../../stonechat").toAbsolutePath().normalize();

    private static final long NEEDED_KILOBYTES = Preconditions.NEEDED_BYTES / 1024;

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

    @Test
    void shouldBuildNothingWhenThereIsNoRoom() throws Exception {
        jdk("jdk-25", "25.0.1");
        Path checkout = changedCheckout();
        disk(NEEDED_KILOBYTES - 1);

        Outcome outcome = run(Map.of(), "up");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .isEqualTo("stonechat: There is no room on the disk: Stonechat needs 2.0 GB in " + checkout
                        + ", and 1.9 GB are free.");
        assertThat(checkout.resolve("built")).doesNotExist();
        assertThat(checkout.resolve(".stonechat")).doesNotExist();
    }

    @Test
    void shouldBuildWhenThereIsJustEnoughRoom() throws Exception {
        jdk("jdk-25", "25.0.1");
        Path checkout = changedCheckout();
        disk(NEEDED_KILOBYTES);

        Outcome outcome = run(Map.of(), "up");

        assertThat(outcome.output()).endsWith("started by 25.0.1");
        assertThat(checkout.resolve("built")).exists();
    }

    /// What runs must be stopped, and data forgotten, on a full disk above all.
    @ParameterizedTest
    @ValueSource(strings = {"down", "reset", "status", "logs"})
    void shouldGetByWithLittleRoomForWordsThatStartNothing(String word) throws Exception {
        jdk("jdk-25", "25.0.1");
        changedCheckout();
        disk(200_000);

        assertThat(run(Map.of(), word).output()).endsWith("started by 25.0.1");
    }

    @Test
    void shouldSayWhyTheLauncherCannotBeCopiedAndLeaveNothingBehind() throws Exception {
        jdk("jdk-25", "25.0.1");
        program("cp", "echo 'cp: write error: no space left' >&2; exit 1");

        Outcome outcome = run(Map.of(), "up");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .isEqualTo("stonechat: the launcher could not be copied: cp: write error: no space left");
        assertThat(directory.resolve("checkout/.stonechat/launcher")).isEmptyDirectory();
    }

    /// A checkout whose launcher has to be built; its Maven only leaves a trace.
    private Path changedCheckout() throws IOException {
        Path checkout = Files.createDirectories(directory.resolve("checkout"));
        Path changed = Files.createFile(checkout.resolve("pom.xml"));
        Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(3600)));
        executable(checkout.resolve("mvnw"), ": > built");
        return checkout.toRealPath();
    }

    /// A machine whose disk has this much left.
    private void disk(long freeKilobytes) throws IOException {
        program(
                "df",
                "echo 'Filesystem 1024-blocks Used Available Capacity Mounted on'; echo 'map home 264212084 33831668 "
                        + freeKilobytes + " 32% /a disk'");
    }

    /// Instead of the machine's own.
    private void program(String name, String script) throws IOException {
        executable(Files.createDirectories(directory.resolve("tools")).resolve(name), script);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve("jdks").resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (String program : new String[] {"java", "javac"}) {
            executable(
                    home.resolve("bin").resolve(program),
                    "echo began at $STONECHAT_BEGAN, built for $STONECHAT_BUILT, started by " + version);
        }
        return home;
    }

    private Outcome run(Map<String, String> environment) throws Exception {
        return run(environment, "status");
    }

    /// A checkout with a launcher that looks freshly built, and a machine with no Java but that of the test.
    private Outcome run(Map<String, String> environment, String word) throws Exception {
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
            "tail",
            "touch"
        }) {
            if (Files.exists(tools.resolve(tool))) {
                continue;
            }
            Path program = Stream.of("/bin", "/usr/bin")
                    .map(folder -> Path.of(folder, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), program);
        }
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", script.toString(), word).redirectErrorStream(true);
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
