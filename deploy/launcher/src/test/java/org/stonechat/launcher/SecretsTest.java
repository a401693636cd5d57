package org.stonechat.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTest {

    @TempDir
    private Path state;

    @Test
    void shouldStayTheSameForAPlatformAndDifferFromEachOther() {
        String made = Secrets.in(state).tokenSecret();

        Secrets later = Secrets.in(state);

        assertThat(later.tokenSecret()).isEqualTo(made).hasSize(48);
        assertThat(later.databasePassword("ticket")).isNotEqualTo(later.databasePassword("rating"));
    }

    @Test
    void shouldBeReadableForTheirOwnerAlone() throws Exception {
        Secrets.in(state).postgresPassword();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(Secrets.FILE))))
                .isEqualTo("rw-------");
    }
}
