package org.stonechat.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BuildTest {

    @TempDir
    private Path root;

    private Build build;

    @BeforeEach
    void makeCheckout() throws IOException {
        write("pom.xml", "<project/>");
        write("gateway/src/main/java/Main.java", "class Main {}");
        mavenThatRuns("mkdir -p gateway/target/quarkus-app; touch gateway/target/quarkus-app/quarkus-run.jar\n"
                + "echo '[INFO] Building gateway 1.0.0-SNAPSHOT                      [2/3]'");
        build = new Build(
                root,
                new Maven(root, root.resolve(".stonechat/logs/build.log")),
                List.of(Application.of(Layout.in(root, 0), "gateway")));
    }

    @Test
    void shouldBuildWhatWasNeverBuilt() {
        List<String> modules = new ArrayList<>();
        assertThat(build.isUpToDate()).isFalse();

        build.run(modules::add);

        assertThat(build.isUpToDate()).isTrue();
        assertThat(modules).containsExactly("gateway (2/3)");
    }

    @Test
    void shouldBuildAgainWhenASourceChanged() throws IOException {
        build.run(module -> {});

        write("gateway/src/main/java/Main.java", "class Main { int changed; }");

        assertThat(build.isUpToDate()).isFalse();
    }

    @Test
    void shouldNotBuildForTestsAndDocuments() throws IOException {
        build.run(module -> {});

        write("gateway/src/test/java/MainTest.java", "class MainTest {}");
        write("docs/notes.md", "notes");

        assertThat(build.isUpToDate()).isTrue();
    }

    @Test
    void shouldSayWhatMavenSays() throws IOException {
        mavenThatRuns("echo '[INFO] Building gateway'; echo '[ERROR] Main.java:[3,1] ; expected'; exit 1");

        assertThatThrownBy(() -> build.run(module -> {}))
                .isInstanceOf(Refusal.class)
                .hasMessage("Maven failed (the whole output is in .stonechat/logs/build.log):\n"
                        + "Main.java:[3,1] ; expected");
        assertThat(build.isUpToDate()).isFalse();
    }

    private void mavenThatRuns(String script) throws IOException {
        Path wrapper = write("mvnw", "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }
}
