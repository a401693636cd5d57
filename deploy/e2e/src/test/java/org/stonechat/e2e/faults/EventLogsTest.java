package org.stonechat.e2e.faults;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.e2e.faults.EventLogs.Committed;
import org.stonechat.e2e.faults.EventLogs.Published;

import static org.assertj.core.api.Assertions.assertThat;

class EventLogsTest {

    private static final UUID SUBJECT = UUID.randomUUID();

    private final Committed first = new Committed(UUID.randomUUID(), "tickets", SUBJECT, 1);
    private final Committed second = new Committed(UUID.randomUUID(), "tickets", SUBJECT, 2);
    private final Tally tally = new Tally();

    @Test
    void shouldBeContentWhenEveryEventCameInOrder() {
        EventLogs.Comparison comparison =
                EventLogs.compare(List.of(first, second), List.of(record(first), record(second)), tally);
        assertThat(tally.clean()).isTrue();
        assertThat(comparison).isEqualTo(new EventLogs.Comparison(0, 0));
    }

    @Test
    void shouldSeeAnEventThatNeverCame() {
        EventLogs.Comparison comparison = EventLogs.compare(List.of(first, second), List.of(record(first)), tally);
        assertThat(comparison.missing()).isEqualTo(1);
        assertThat(tally.lost()).isEqualTo(1);
    }

    @Test
    void shouldCountARepetitionAndAllowItWhenItIsTheSame() {
        EventLogs.Comparison comparison = EventLogs.compare(
                List.of(first, second), List.of(record(first), record(second), record(first), record(second)), tally);
        assertThat(comparison.repeated()).isEqualTo(2);
        assertThat(tally.clean()).isTrue();
    }

    @Test
    void shouldNotAllowARepetitionThatSaysSomethingElse() {
        EventLogs.compare(
                List.of(first), List.of(record(first), new Published(first.id(), "tickets", SUBJECT, 1, 99)), tally);
        assertThat(tally.doubled()).isEqualTo(1);
    }

    @Test
    void shouldSeeAnEventThatNobodyCommitted() {
        EventLogs.compare(List.of(first), List.of(record(first), record(second)), tally);
        assertThat(tally.doubled()).isEqualTo(1);
    }

    @Test
    void shouldSeeTheOrderOfASubjectTurned() {
        EventLogs.compare(List.of(first, second), List.of(record(second), record(first)), tally);
        assertThat(tally.clean()).isFalse();
        assertThat(tally.sentences()).singleElement().asString().contains("after number 2");
    }

    private static Published record(Committed event) {
        return new Published(event.id(), event.topic(), event.subject(), event.sequence(), 7);
    }
}
