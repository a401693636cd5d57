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
    void shouldLearnNothingUnlessAsked() {
        cache.prepare("build 1", false);

        assertThat(cache.options()).isEmpty();
    }

    @Test
    void shouldLearnWhenAsked() {
        cache.prepare("build 1", true);

        assertThat(cache.options()).contains("-XX:AOTCacheOutput=" + file);
    }

    @Test
    void shouldLetOneReplicaLearnAndNobodyWhoIsStartedAgainMeanwhile() {
        cache.prepare("build 1", true);
        cache.options();

        assertThat(cache.options()).isEmpty();
    }

    @Test
    void shouldStartFromWhatWasLearnt() throws IOException {
        learn("build 1");

        cache.prepare("build 1", false);

        assertThat(cache.options()).contains("-XX:AOTCache=" + file);
    }

    @Test
    void shouldForgetWhatWasLearntOfAnotherBuild() throws IOException {
        learn("build 1");

        cache.prepare("build 2", false);

        assertThat(file).doesNotExist();
        assertThat(cache.options()).isEmpty();
    }

    @Test
    void shouldLearnAnewWhenAskedAgain() throws IOException {
        learn("build 1");

        cache.prepare("build 1", true);

        assertThat(cache.options()).contains("-XX:AOTCacheOutput=" + file);
    }

    @Test
    void shouldNotLearnLaterWhenTheStartToLearnFromDidNotCome() {
        cache.prepare("build 1", true);

        cache.prepare("build 1", false);

        assertThat(cache.options()).isEmpty();
    }

    private void learn(String build) throws IOException {
        cache.prepare(build, true);
        cache.options();
        Files.writeString(file, "learnt");
    }
}
