package org.stonechat.review.polling;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.stonechat.review.FakePlatform.NOON;

/// What the quick polls look at, and what is left to the walk through everything.
@QuarkusTest
@WithRealParts
class NightlyWalkIT {

    @Inject
    DataSource dataSource;

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        desk.platform.pagesOf(1);
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.platform.show(FakePlatform.review("rev-2", 2, NOON.minusSeconds(3600)));
        desk.connect();
        desk.awaitReview("rev-1");
        desk.awaitReview("rev-2");
        await().atMost(TestDesk.PATIENCE).until(() -> desk.progress().get("everythingReadAt") != null);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    @Proves({"R-1", "R-2"})
    void shouldFindBehindItsWatermarkWhatCameALittleLate() {
        String everything = desk.progress().getString("everythingReadAt");

        desk.platform.show(FakePlatform.review("rev-late", 2, NOON.minusSeconds(300)));

        desk.awaitReview("rev-late");
        assertThat(desk.progress().getString("everythingReadAt")).isEqualTo(everything);
    }

    @Test
    @Proves({"R-1", "R-2"})
    void shouldFindOnceADayWhatNoQuickPollCouldSee() throws SQLException {
        desk.platform.show(FakePlatform.review("rev-hidden", 2, NOON.minusSeconds(86_400)));
        desk.awaitPolls(5);
        assertThat(desk.ledger()).hasSize(2);
        assertThat(missing()).isEqualTo(1);

        aDayPasses();

        desk.awaitReview("rev-hidden");
        await().atMost(TestDesk.PATIENCE).until(() -> missing() == 0);
    }

    @Test
    void shouldComeBackWithGrowingPausesAndSaySo() {
        for (int failure = 0; failure < 3; failure++) {
            desk.platform.answerOnce("GET", "/reviews", 500);
        }

        await().atMost(TestDesk.PATIENCE).until(() -> desk.progress().getInt("failuresInARow") == 3);
        assertThat(desk.connectionView().getString("state")).isEqualTo("FAILING");
        await().atMost(TestDesk.PATIENCE).until(() -> desk.progress().getInt("failuresInARow") == 0);
        // Of a second, two, and four.
        assertThat(desk.platform.longestBetween()).isGreaterThan(Duration.ofMillis(3_900));
        assertThat(desk.connectionView().getString("state")).isEqualTo("OK");
    }

    private void aDayPasses() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update poll_progress set full_walk_at = full_walk_at - interval '25 hours'"
                                + " where connection_id = ?")) {
            update.setObject(1, desk.connection);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private int missing() {
        return desk.reconciliation().extract().path("missing");
    }
}
