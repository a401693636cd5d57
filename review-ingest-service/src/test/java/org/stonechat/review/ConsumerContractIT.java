package org.stonechat.review;

import java.sql.SQLException;
import javax.sql.DataSource;

import jakarta.inject.Inject;

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

    @Test
    void shouldTakeInEveryGoldenExampleOfTheTopicsItListensTo() {
        ConsumerContract.assertTakesInEveryExample(dataSource, "the message answers a review that is not known here");
    }

    @Test
    void shouldPassByWhatWhoeverLooksFromOutsideTakesForPassedBy() throws SQLException {
        Concerns.assertSaidAlikeInSql(dataSource, "review");
    }
}
