package org.stonechat.kit.relay;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/// An event as it stands on Kafka: CloudEvents 1.0 in binary mode (Kafka protocol binding, section 3.2).
///
/// The key is the subject, so that the events of an aggregate stay in order; the value is
/// `{"data":…,"personal":…}`. On a compacted topic an event whose `data` is JSON `null` becomes a tombstone: the
/// entity is gone, and the record keeps its headers but has no value.
final class CloudEventRecord {

    private static final byte[] SPEC_VERSION = "1.0".getBytes(UTF_8);
    private static final byte[] JSON = "application/json".getBytes(UTF_8);

    private CloudEventRecord() {}

    /// @param topic  where it goes: the event's own topic or the rebuild topic beside it
    /// @param source the CloudEvents source, such as `/ticket-service`
    static ProducerRecord<String, byte[]> of(StoredEvent event, String topic, String source) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, event.subject(), value(event));
        Headers headers = record.headers();
        headers.add("ce_specversion", SPEC_VERSION);
        add(headers, "ce_id", event.id());
        add(headers, "ce_type", event.type());
        add(headers, "ce_source", source);
        add(headers, "ce_subject", event.subject());
        add(headers, "ce_time", event.occurredAt().toString());
        add(headers, "ce_sequence", Long.toString(event.sequence()));
        add(
                headers,
                "ce_dataschema",
                "urn:stonechat:" + event.topic() + ":" + event.type() + ":" + event.schemaVersion());
        add(headers, "ce_actor", event.actor());
        add(headers, "ce_causationid", event.causationId());
        add(headers, "ce_correlationid", event.correlationId());
        add(headers, "traceparent", event.traceparent());
        headers.add("content-type", JSON);
        return record;
    }

    private static byte @Nullable [] value(StoredEvent event) {
        if (event.data().equals("null")) {
            return null;
        }
        return ("{\"data\":" + event.data() + ",\"personal\":" + event.personal() + "}").getBytes(UTF_8);
    }

    private static void add(Headers headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(name, value.getBytes(UTF_8));
        }
    }
}
