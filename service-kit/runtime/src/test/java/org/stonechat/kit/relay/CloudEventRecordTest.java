package org.stonechat.kit.relay;

import java.time.Instant;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CloudEventRecordTest {

    @Test
    void shouldKeepAnExplicitMidnightInItsTime() {
        ProducerRecord<String, byte[]> message = CloudEventRecord.of(event("{}"), "directory", "/ticket-service");

        assertThat(message.headers().lastHeader("ce_time").value()).asString().isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void shouldLeaveOutAttributesThatAreAbsent() {
        ProducerRecord<String, byte[]> message = CloudEventRecord.of(event("{}"), "directory", "/ticket-service");

        assertThat(message.headers().lastHeader("ce_causationid")).isNull();
        assertThat(message.headers().lastHeader("traceparent")).isNull();
    }

    @Test
    void shouldBecomeATombstoneWhenTheEntityIsGone() {
        ProducerRecord<String, byte[]> message = CloudEventRecord.of(event("null"), "directory", "/ticket-service");

        assertThat(message.value()).isNull();
        assertThat(message.key()).isEqualTo("0197a000-0000-7000-8000-000000000011");
        assertThat(message.headers().lastHeader("ce_type").value()).asString().isEqualTo("TeamDefined");
    }

    private static StoredEvent event(String data) {
        return new StoredEvent(
                1,
                "0197a000-0000-7000-8000-000000000999",
                "directory",
                "TeamDefined",
                "0197a000-0000-7000-8000-000000000011",
                3,
                Instant.parse("2026-01-01T00:00:00Z"),
                "{\"kind\":\"SYSTEM\"}",
                null,
                "0197a000-0000-7000-8000-000000000998",
                null,
                1,
                data,
                "{}");
    }
}
