package org.stonechat.kit.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How a service's events get from its event log to Kafka.
@ConfigMapping(prefix = "stonechat.relay")
public interface RelayConfig {

    /// Off for a service that publishes nothing.
    @WithDefault("true")
    boolean enabled();

    /// The replication slot, unique in the database cluster; characters PostgreSQL refuses become underscores.
    @WithDefault("${quarkus.application.name}")
    String slot();

    @WithDefault("stonechat_relay")
    String publication();

    /// The role that reads the event log and may replicate; together with `password`. Without it the service's own
    /// role does, which then has to be allowed to replicate, and with that may read the whole cluster's log.
    Optional<String> username();

    Optional<String> password();

    /// The topics this service publishes to.
    Optional<Set<String>> topics();

    /// Topics that keep the last record of each key for ever, instead of all records for a while.
    @WithDefault("directory")
    Set<String> compactedTopics();

    /// The same everywhere: a rebuild counts one end marker per partition.
    @WithDefault("${stonechat.topics.partitions:12}")
    int partitions();

    /// Empty: the broker's own default, which is 1 on the local stack and 3 on a real cluster.
    Optional<Short> replicationFactor();

    @WithDefault("7d")
    Duration retention();

    /// How long the records of a rebuild stay.
    @WithDefault("1d")
    Duration rebuildRetention();

    /// How long the engine rests when the write-ahead log has nothing new: the floor of the delay from commit to
    /// broker.
    @WithDefault("2ms")
    Duration pollInterval();

    /// How many events are sent to the broker and acknowledged as one batch.
    @WithDefault("2048")
    int batchSize();

    /// How often the slot is told how far the events were acknowledged; after a crash at most so much comes
    /// twice.
    @WithDefault("1s")
    Duration flushInterval();

    /// How often a quiet service still moves its slot on, so that it does not hold the whole cluster's log.
    @WithDefault("5s")
    Duration heartbeatInterval();

    /// How often a standby asks for the lock; with `leaderCheckInterval` the bound of a takeover.
    @WithDefault("500ms")
    Duration standbyInterval();

    /// How often the leader makes sure that it still is.
    @WithDefault("1s")
    Duration leaderCheckInterval();

    /// How long a check of the leader's connection may take before it counts as cut off.
    @WithDefault("2s")
    Duration leaderTimeout();

    /// The rest after a failure before the next try.
    @WithDefault("500ms")
    Duration retryDelay();

    /// How long stopping may take before the engine is cut off.
    @WithDefault("5s")
    Duration stopTimeout();

    /// The largest event; what a service raises is far below, because long bodies are blobs.
    @WithDefault("4194304")
    int maxEventBytes();
}
