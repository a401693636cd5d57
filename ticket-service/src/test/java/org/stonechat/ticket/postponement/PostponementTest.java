package org.stonechat.ticket.postponement;

import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PostponementTest {

    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

    @ParameterizedTest
    @CsvSource({
        // Summer time begins on 29 March 2026: the day has 23 hours, 24 hours do not care.
        "2026-03-28T10:00:00Z, 24, HOURS, 2026-03-29T10:00:00Z",
        "2026-03-28T10:00:00Z, 1, DAYS, 2026-03-29T09:00:00Z",
        "2026-03-28T10:00:00Z, 1, WEEKS, 2026-04-04T09:00:00Z",
        "2026-03-28T10:00:00Z, 1, MONTHS, 2026-04-28T09:00:00Z",
        // A month has the days it has.
        "2026-01-31T10:00:00Z, 1, MONTHS, 2026-02-28T10:00:00Z",
        "2028-01-31T10:00:00Z, 1, MONTHS, 2028-02-29T10:00:00Z"
    })
    void shouldCountOnTheDepartmentsClock(Instant base, int amount, PostponementRequest.Unit unit, Instant expected) {
        assertThat(Postponements.later(base, AMSTERDAM, new PostponementRequest(amount, unit, null)))
                .isEqualTo(expected);
    }
}
