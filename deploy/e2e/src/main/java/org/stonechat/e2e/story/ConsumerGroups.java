package org.stonechat.e2e.story;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Patience;

/// How far the services have read their topics, and a way to send them back to the beginning.
public final class ConsumerGroups implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 60;

    private final Admin admin;

    public ConsumerGroups(String bootstrapServers) {
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000));
    }

    /// How many events a group has not taken in yet.
    public long lag(String group) {
        Map<TopicPartition, Long> committed = committed(group);
        Map<TopicPartition, Long> ends = offsets(partitions(committed.keySet()), OffsetSpec.latest());
        Map<TopicPartition, Long> starts = offsets(ends.keySet(), OffsetSpec.earliest());
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    long start = starts.getOrDefault(end.getKey(), 0L);
                    long position = Math.max(start, committed.getOrDefault(end.getKey(), start));
                    return Math.max(0, end.getValue() - position);
                })
                .sum();
    }

    /// Sends a group back to the first event of every topic it reads. Its members must have been stopped.
    public void rewind(String group) {
        Patience.until(
                "the members of " + group + " to be gone",
                () -> java.util.Optional.of(state(group))
                        .filter(state -> state == GroupState.EMPTY || state == GroupState.DEAD));
        Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
        partitions(committed(group).keySet()).forEach(partition -> beginning.put(partition, new OffsetAndMetadata(0)));
        await(admin.alterConsumerGroupOffsets(group, beginning).all());
    }

    /// How many records a topic holds.
    public Map<TopicPartition, Long> ends(Set<String> topics) {
        return offsets(partitionsOf(topics), OffsetSpec.latest());
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }

    private GroupState state(String group) {
        return await(admin.describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .values()
                        .iterator()
                        .next())
                .groupState();
    }

    private Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    private Set<TopicPartition> partitions(Set<TopicPartition> some) {
        return partitionsOf(some.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
    }

    private Set<TopicPartition> partitionsOf(Set<String> topics) {
        Set<TopicPartition> all = new HashSet<>();
        await(admin.describeTopics(topics).allTopicNames())
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition -> all.add(new TopicPartition(topic, partition.partition()))));
        return all;
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        await(admin.listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, p -> which)))
                        .all())
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new Disappointment("Kafka did not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Disappointment("interrupted while asking Kafka", e);
        }
    }
}
