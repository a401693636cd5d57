package org.stonechat.ticket;

import java.sql.SQLException;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Concerns;
import org.stonechat.testing.contract.ConsumerContract;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithRealParts
class ConsumerContractIT {

    @Inject
    DataSource dataSource;

    /// The departments that mail is for.
    @BeforeEach
    void setUp() {
        World.setUp();
    }

    @Test
    void shouldTakeInEveryGoldenExampleOfTheTopicsItListensTo() {
        // The example's attachment is in no store here, and the mail that was handled does not come again.
        ConsumerContract.assertTakesInEveryExample(dataSource, "there is no blob", "domain_event_subject_sequence_key");
    }

    @Test
    void shouldPassByWhatWhoeverLooksFromOutsideTakesForPassedBy() throws SQLException {
        Concerns.assertSaidAlikeInSql(dataSource, "ticket");
    }
}
