package org.stonechat.review;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.WithRealParts;
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
}
