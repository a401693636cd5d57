package org.stonechat.review.connection;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.stonechat.review.connector.CallRate;
import org.stonechat.review.connector.ConnectorFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CallBudgetTest {

    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
    private static final CallRate THREE_A_MINUTE = new CallRate(3, Duration.ofMinutes(1));

    private final CallBudget budget = new CallBudget();

    @Test
    void shouldSayWhenTheNextCallMayBe() {
        count(0, 20, 30);

        assertThatExceptionOfType(ConnectorFailure.class)
                .isThrownBy(() -> count(35))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(ConnectorFailure.Kind.RATE_LIMITED);
                    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(25));
                });
    }

    @Test
    void shouldTakeTheNextCallWhenTheOldestIsAWindowAgo() {
        count(0, 20, 30, 60);

        assertThatExceptionOfType(ConnectorFailure.class).isThrownBy(() -> count(79));
        count(80);
    }

    @Test
    void shouldNotCountWhatWasRefused() {
        count(0, 0, 0);
        for (int second = 1; second < 60; second++) {
            int at = second;
            assertThatExceptionOfType(ConnectorFailure.class).isThrownBy(() -> count(at));
        }

        count(60, 60, 60);
    }

    @Test
    void shouldKnowNoLimitWhereThereIsNone() {
        for (int call = 0; call < 10_000; call++) {
            budget.count(null, NOON);
        }
        count(0, 0, 0);
    }

    private void count(int... seconds) {
        for (int second : seconds) {
            budget.count(THREE_A_MINUTE, NOON.plusSeconds(second));
        }
    }
}
