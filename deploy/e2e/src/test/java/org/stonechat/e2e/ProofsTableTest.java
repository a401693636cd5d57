package org.stonechat.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProofsTableTest {

    @Test
    void shouldBeUpToDate() throws IOException {
        Path root = SharedPlatform.checkout();

        assertThat(root.resolve(ProofsTable.FILE))
                .as("written anew by running ProofsTable's main method")
                .exists();
        assertThat(Files.readString(root.resolve(ProofsTable.FILE))).isEqualTo(ProofsTable.generate(root));
    }
}
