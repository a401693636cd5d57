package org.stonechat.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApplicationTest {

    @TempDir
    private Path root;

    private Application application;

    @BeforeEach
    void makeApplication() throws IOException {
        application = Application.of(Layout.in(root, 0), "gateway");
        write("quarkus-run.jar", "");
        write("app/gateway.jar", "one");
        write("lib/main/library.jar", "");
        write("quarkus/generated-bytecode.jar", "");
        write("quarkus/transformed-bytecode.jar", "");
    }

    @Test
    void shouldRunACopyWithTransformedClassesFirst() {
        application.install();

        assertThat(application.classPath().split(java.io.File.pathSeparator))
                .extracting(
                        jar -> application.installed().relativize(Path.of(jar)).toString())
                .containsExactly(
                        "quarkus/transformed-bytecode.jar",
                        "quarkus/generated-bytecode.jar",
                        "app/gateway.jar",
                        "lib/main/library.jar");
    }

    @Test
    void shouldLeaveTheCopyAloneUntilSomethingElseIsBuilt() throws IOException {
        application.install();
        Path kept = Files.writeString(application.installed().resolve("kept"), "");

        application.install();
        assertThat(kept).exists();

        write("app/gateway.jar", "another");
        application.install();
        assertThat(kept).doesNotExist();
        assertThat(application.installed().resolve("app/gateway.jar")).hasContent("another");
    }

    @Test
    void shouldSayWhenNothingIsBuilt() {
        assertThatThrownBy(() ->
                        Application.of(Layout.in(root, 0), "rating-service").install())
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("There is nothing built");
    }

    private void write(String file, String content) throws IOException {
        Path path = application.built().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
