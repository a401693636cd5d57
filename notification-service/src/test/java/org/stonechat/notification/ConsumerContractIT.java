package org.stonechat.notification;

import java.sql.SQLException;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.stonechat.notification.world.WithMailServer;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Concerns;
import org.stonechat.testing.contract.ConsumerContract;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithRealParts
@WithMailServer
class ConsumerContractIT {

    @Inject
    DataSource dataSource;

    @Test
    void shouldTakeInEveryGoldenExampleOfTheTopicsItListensTo() {
        ConsumerContract.assertTakesInEveryExample(dataSource);
    }

    @Test
    void shouldPassByWhatWhoeverLooksFromOutsideTakesForPassedBy() throws SQLException {
        Concerns.assertSaidAlikeInSql(dataSource, "notification");
    }
}
