package org.stonechat.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AotCacheTest {

    @TempDir
    private Path directory;

    private Path file;
    private AotCache cache;

    @BeforeEach
    void choose() {
        file = directory.resolve("cds/service.aot");
        cache = new AotCache(file);
    }

    @Test
    void shouldLearnNothingFromABuildThatIsStartedOnce() {
        cache.prepare("build 1");

        assertThat(cache.options()).isEmpty();
    }

    @Test
    void shouldLearnAtTheSecondUp() {
        cache.prepare("build 1");
        cache.prepare("build 1");

        assertThat(cache.options()).contains("-XX:AOTCacheOutput=" + file);
    }

    @Test
    void shouldLetOneReplicaLearnAndNobodyWhoIsStartedAgainMeanwhile() {
        cache.prepare("build 1");
        cache.prepare("build 1");
        cache.options();

        assertThat(cache.options()).isEmpty();
    }

    @Test
    void shouldStartFromWhatWasLearnt() throws IOException {
        learn("build 1");

        cache.prepare("build 1");

        assertThat(cache.options()).contains("-XX:AOTCache=" + file);
    }

    @Test
    void shouldForgetWhatWasLearntOfAnotherBuild() throws IOException {
        learn("build 1");

        cache.prepare("build 2");

        assertThat(file).doesNotExist();
        assertThat(cache.options()).isEmpty();
    }

    @Test
    void shouldLearnAgainWhenTheLearningRunWasKilled() {
        cache.prepare("build 1");
        cache.prepare("build 1");
        cache.options();

        cache.prepare("build 1");

        assertThat(cache.options()).contains("-XX:AOTCacheOutput=" + file);
    }

    private void learn(String build) throws IOException {
        cache.prepare(build);
        cache.prepare(build);
        cache.options();
        Files.writeString(file, "learnt");
    }
}
