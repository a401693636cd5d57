package org.stonechat.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.stonechat.parts.LocalKafka;
import org.stonechat.parts.LocalPostgres;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/// Starts the servers of a module's tests and points the service at them.
public class RealParts implements QuarkusTestResourceLifecycleManager {

    /// A service refuses to start on a password that is the name of its role.
    private static final String PASSWORD = "a-password-that-only-the-tests-know";

    private static final String DATABASE = "stonechat_test";
    private static @Nullable LocalPostgres postgres;
    private static @Nullable LocalKafka kafka;

    @Override
    public Map<String, String> start() {
        LocalPostgres database = postgres();
        Map<String, String> config = new HashMap<>(database(database, DATABASE));
        config.put("kafka.bootstrap.servers", kafka().bootstrapServers());
        config.put("quarkus.oidc.public-key", TestKeys.publicKey());
        config.put("stonechat.blobs.directory", "target/test-blobs");
        config.put("stonechat.token-secret", "a-secret-that-only-the-tests-know-0123456789");
        return config;
    }

    /// Makes a database with the roles of its service and of the relay.
    ///
    /// @return the settings of a service that works on it
    public static Map<String, String> database(LocalPostgres postgres, String name) {
        postgres.createRoleAndDatabase(name, PASSWORD);
        return Map.of(
                "quarkus.datasource.jdbc.url", postgres.jdbcUrl(name),
                "quarkus.datasource.username", name,
                "quarkus.datasource.password", PASSWORD,
                "stonechat.relay.username", postgres.createRelayRole(name, PASSWORD),
                "stonechat.relay.password", PASSWORD);
    }

    /// As the service itself is connected.
    ///
    /// @param name of a database that [#database(LocalPostgres, String)] made
    public static Connection connectAsOwner(String name) throws SQLException {
        return DriverManager.getConnection(postgres().jdbcUrl(name), name, PASSWORD);
    }

    @Override
    public void stop() {
        // The servers stay for the next test class of this JVM and end with it.
    }

    /// The module's PostgreSQL, for tests that stop it or look into it.
    public static synchronized LocalPostgres postgres() {
        LocalPostgres running = postgres;
        if (running == null) {
            running = LocalPostgres.forTests();
            postgres = running;
        }
        return running;
    }

    /// The module's Kafka, for tests that stop it.
    public static synchronized LocalKafka kafka() {
        LocalKafka running = kafka;
        if (running == null) {
            running = LocalKafka.forTests();
            kafka = running;
        }
        return running;
    }
}
