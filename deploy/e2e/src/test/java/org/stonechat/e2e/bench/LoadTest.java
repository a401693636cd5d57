package org.stonechat.e2e.bench;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.stonechat.e2e.client.Disappointment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoadTest {

    private final AtomicInteger done = new AtomicInteger();

    @Test
    void shouldLetAllClientsTogetherDoItSoOften() {
        Set<Integer> clients = ConcurrentHashMap.newKeySet();

        Load.Outcome outcome = Load.until(12, Duration.ofSeconds(30), 4, client -> () -> {
            clients.add(client);
            done.incrementAndGet();
        });

        assertThat(done).hasValue(12);
        assertThat(outcome.latencies().count()).isEqualTo(12);
        assertThat(outcome.perSecond()).isPositive();
        assertThat(clients).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void shouldStopWhenTheTimeIsOver() {
        Load.Outcome outcome = Load.during(Duration.ofMillis(300), 2, client -> done::incrementAndGet);

        assertThat(outcome.seconds()).isBetween(0.3, 60.0);
        assertThat(outcome.latencies().count()).isEqualTo(done.get()).isPositive();
    }

    @Test
    void shouldEndWithTheFirstFailure() {
        assertThatThrownBy(() -> Load.during(Duration.ofSeconds(30), 2, client -> () -> {
                    throw new Disappointment("refused");
                }))
                .isInstanceOf(Disappointment.class)
                .hasMessage("refused");
    }

    @Test
    void shouldEndWhenAClientCannotBeMade() {
        assertThatThrownBy(() -> Load.during(Duration.ofSeconds(30), 2, client -> {
                    throw new IllegalStateException("no connection");
                }))
                .isInstanceOf(Disappointment.class)
                .hasMessageContaining("no connection");
    }
}
