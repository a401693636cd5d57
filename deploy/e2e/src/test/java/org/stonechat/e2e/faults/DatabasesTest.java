package org.stonechat.e2e.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DatabasesTest {

    @Test
    void shouldExpectOfAServiceWhatConcernsItAlone() {
        assertThat(Databases.condition("review", "tickets")).get().asString().contains("ReviewTicketRefused");
        assertThat(Databases.condition("analytics", "tickets")).isEmpty();
    }

    /// A condition under another name would be one that nobody asks for.
    @Test
    void shouldKnowTheDatabaseOfEveryCondition() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/org/stonechat/e2e/faults/concerning"))) {
            List<String[]> names = files.map(
                            file -> file.getFileName().toString().split("\\."))
                    .toList();
            assertThat(names).isNotEmpty().allSatisfy(name -> {
                assertThat(name).hasSize(3);
                assertThat(Databases.ALL).contains(name[0]);
                assertThat(Databases.condition(name[0], name[1])).isPresent();
            });
        }
    }
}
