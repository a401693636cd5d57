package org.stonechat.kit.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

import io.smallrye.common.annotation.Identifier;

/// Makes the topics a service publishes to or listens to, in the one shape they all have.
@ApplicationScoped
public class TopicAdmin {

    /// What the rebuild topic of a topic is called behind the topic's name.
    public static final String REBUILD_SUFFIX = ".rebuild";

    private static final Logger LOG = Logger.getLogger(TopicAdmin.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final RelayConfig config;

    @Inject
    public TopicAdmin(@Identifier("default-kafka-broker") Map<String, Object> kafka, RelayConfig config) {
        this.kafka = kafka;
        this.config = config;
    }

    /// Returns once all these topics exist, however long the broker takes to come: call it from a thread that
    /// may wait. A topic that exists already is left as it is.
    ///
    /// @throws InterruptedException when the waiting thread is told to stop
    public void ensure(Collection<String> topics) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        boolean told = false;
        while (!topics.isEmpty()) {
            try {
                create(topics);
                return;
            } catch (ExecutionException | TimeoutException failure) {
                if (!told) {
                    LOG.warnf("topics not made yet, waiting for the broker: topics=%s reason=%s", topics, failure);
                    told = true;
                }
                Thread.sleep(wait);
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            }
        }
    }

    private void create(Collection<String> topics) throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(Admin.class.getClassLoader());
        try (Admin admin = Admin.create(settings)) {
            Set<String> present = admin.listTopics().names().get(10, TimeUnit.SECONDS);
            List<NewTopic> missing = topics.stream()
                    .distinct()
                    .filter(name -> !present.contains(name))
                    .map(this::shape)
                    .toList();
            for (KafkaFuture<Void> made : admin.createTopics(missing).values().values()) {
                try {
                    made.get(10, TimeUnit.SECONDS);
                } catch (ExecutionException failure) {
                    // Another service or replica was faster.
                    if (!(failure.getCause() instanceof TopicExistsException)) {
                        throw failure;
                    }
                }
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private NewTopic shape(String name) {
        Map<String, String> settings = new HashMap<>();
        // Larger than what the relay ever sends, so that the broker never refuses what the producer accepted.
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(config.maxEventBytes() + 65_536));
        if (name.endsWith(REBUILD_SUFFIX)) {
            settings.put(
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(config.rebuildRetention().toMillis()));
        } else if (config.compactedTopics().contains(name)) {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        } else {
            settings.put(
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(config.retention().toMillis()));
        }
        return new NewTopic(name, Optional.of(config.partitions()), config.replicationFactor()).configs(settings);
    }
}
