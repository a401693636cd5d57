package org.stonechat.kit.problem;

import java.io.IOException;
import java.sql.SQLException;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemMappersTest {

    private final ProblemMappers mappers = new ProblemMappers();

    /// Connection refused, connection lost, shut down by a crash, starting up, too many connections.
    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P02", "57P03", "53300"})
    void shouldSayThatTheDatabaseIsAwayAndClaimNothingAboutTheChange(String state) throws IOException {
        SQLException lost = new SQLException("An I/O error occurred", state);
        try (Response response =
                mappers.unexpected(new IllegalStateException("wrapped", new RuntimeException("again", lost)))) {
            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(response.getHeaderString(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
            assertThat(response.getEntity()).asString().doesNotContain("Nothing was changed");
        }
    }

    @Test
    void shouldFindTheReasonAmongTheSuppressed() throws IOException {
        RuntimeException rolledBack = new RuntimeException("the transaction was rolled back");
        rolledBack.addSuppressed(new SQLException("terminating connection", "57P01"));
        try (Response response = mappers.unexpected(new IllegalStateException(rolledBack))) {
            assertThat(response.getStatus()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42P01", "57014"})
    void shouldNotBlameTheDatabaseForWhatIsOurFault(String state) throws IOException {
        try (Response response = mappers.unexpected(new IllegalStateException(new SQLException("wrong", state)))) {
            assertThat(response.getStatus()).isEqualTo(500);
        }
    }

    @Test
    void shouldEndOnCausesThatGoInACircle() throws IOException {
        RuntimeException one = new RuntimeException("one");
        RuntimeException other = new RuntimeException("other", one);
        one.initCause(other);
        try (Response response = mappers.unexpected(one)) {
            assertThat(response.getStatus()).isEqualTo(500);
        }
    }
}
