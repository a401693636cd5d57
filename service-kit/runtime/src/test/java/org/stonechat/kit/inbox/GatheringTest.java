package org.stonechat.kit.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GatheringTest {

    private final List<Duration> rests = new ArrayList<>();
    private long now = 5;

    private final Gathering gathering = new Gathering(() -> now, nanos -> {
        rests.add(Duration.ofNanos(nanos));
        now += nanos;
    });

    @Test
    void shouldHandOnTheFirstEventAfterASilenceAtOnce() {
        gathering.onConsume(events(1));
        pass(Gathering.TIME);
        gathering.onConsume(events(1));

        assertThat(rests).isEmpty();
    }

    @Test
    void shouldLetTheNextOnesWaitForEachOther() {
        gathering.onConsume(events(1));
        pass(Duration.ofMillis(30));
        gathering.onConsume(events(2));
        gathering.onConsume(events(20));

        assertThat(rests).containsExactly(Gathering.TIME.minusMillis(30), Gathering.TIME);
    }

    @Test
    void shouldNotWaitWithFullHands() {
        gathering.onConsume(events(1));
        gathering.onConsume(events(Gathering.ENOUGH));
        gathering.onConsume(events(1_000));

        assertThat(rests).isEmpty();
    }

    @Test
    void shouldHandOnWhatCame() {
        ConsumerRecords<String, byte[]> came = events(3);

        assertThat(gathering.onConsume(came)).isSameAs(came);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static ConsumerRecords<String, byte[]> events(int count) {
        TopicPartition partition = new TopicPartition("tickets", 0);
        List<ConsumerRecord<String, byte[]>> records = IntStream.range(0, count)
                .mapToObj(number -> new ConsumerRecord<>("tickets", 0, number, "key", new byte[0]))
                .toList();
        return new ConsumerRecords<>(Map.of(partition, records), Map.of());
    }
}
