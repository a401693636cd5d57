package org.stonechat.kit.relay;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;

/// Runs the relay of a service: set up before anything can be written, stopped before anything else stops.
@Singleton
class RelayHost {

    /// Ahead of every other observer: whatever writes at start finds the slot, whatever stops late is still
    /// relayed by the next leader.
    private static final int FIRST = 1;

    @Produces
    @Singleton
    RelayDatabase database(
            RelayConfig config,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        RelayDatabase.Login owner = new RelayDatabase.Login(user.orElse(""), password.orElse(""));
        return new RelayDatabase(url, owner, relayLogin(config, owner), config);
    }

    /// The relay's own login, or the service's where the relay has none.
    static RelayDatabase.Login relayLogin(RelayConfig config, RelayDatabase.Login service) {
        if (config.username().isPresent() != config.password().isPresent()) {
            throw new IllegalStateException(
                    "stonechat.relay.username and stonechat.relay.password belong together: set both or neither");
        }
        return config.username()
                .map(user -> new RelayDatabase.Login(user, config.password().orElseThrow()))
                .orElse(service);
    }

    @Produces
    @Singleton
    Relay relay(
            RelayDatabase database,
            RelayConfig config,
            @ConfigProperty(name = "quarkus.application.name") String application,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            TopicAdmin topicAdmin,
            InstantSource clock,
            MeterRegistry meters) {
        return new Relay(
                database,
                config,
                "/" + application,
                () -> EventPublisher.producer(kafka, config.maxEventBytes()),
                topicAdmin,
                clock,
                meters);
    }

    @Produces
    @Singleton
    Republisher republisher(
            RelayDatabase database,
            RelayConfig config,
            @ConfigProperty(name = "quarkus.application.name") String application,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            TopicAdmin topicAdmin,
            InstantSource clock) {
        return new Republisher(
                database,
                "/" + application,
                () -> EventPublisher.producer(kafka, config.maxEventBytes()),
                topicAdmin,
                clock);
    }

    /// Flyway has migrated by now, and the HTTP port opens only after all observers have returned.
    void start(@Observes @Priority(FIRST) StartupEvent event, RelayConfig config, Relay relay, Republisher republisher)
            throws SQLException {
        if (config.enabled()) {
            relay.prepare();
            republisher.failDeadRuns();
            relay.start();
        }
    }

    void stop(@Observes @Priority(FIRST) ShutdownEvent event, Relay relay) {
        relay.stop();
    }
}
