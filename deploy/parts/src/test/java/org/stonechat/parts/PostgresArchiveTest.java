package org.stonechat.parts;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PostgresArchiveTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, postgres-linux-x86_64.txz",
        "Linux, aarch64, postgres-linux-arm_64.txz",
        "Mac OS X, x86_64, postgres-darwin-x86_64.txz",
        "Mac OS X, aarch64, postgres-darwin-arm_64.txz"
    })
    void shouldPickTheProgramsOfTheMachine(String operatingSystem, String processor, String archive) {
        assertThat(PostgresArchive.of(operatingSystem, processor).resource()).isEqualTo(archive);
    }

    @Test
    void shouldSayWhichProcessorHasNoPrograms() {
        assertThatThrownBy(() -> PostgresArchive.of("Linux", "riscv64"))
                .isInstanceOf(PartFailure.class)
                .hasMessageContaining("riscv64");
    }

    @Test
    void shouldSayWhatIsMissingWhenTheProgramsAreNotInTheBuild(@TempDir Path directory) {
        assertThatThrownBy(() -> new PostgresArchive("postgres-plan9.txz").unpackBelow(directory))
                .isInstanceOf(PartFailure.class)
                .hasMessageContaining("postgres-plan9.txz");
    }
}
