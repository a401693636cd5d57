package org.stonechat.review;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.stonechat.parts.Ports;
import org.stonechat.testing.RealParts;
import org.stonechat.testing.Tokens;

import io.restassured.path.json.JsonPath;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

/// The packaged service in processes of its own, as many replicas as a test starts, on a database of its own.
public final class PackagedService implements AutoCloseable {

    private final String database;
    private final Map<String, String> databaseSettings;
    private final List<Replica> replicas = new ArrayList<>();

    /// @param database is made, with a role of the same name
    public PackagedService(String database) {
        this.database = database;
        this.databaseSettings = RealParts.database(RealParts.postgres(), database);
    }

    /// One process.
    public static final class Replica {

        private final Process process;
        private final int port;

        private Replica(Process process, int port) {
            this.process = process;
            this.port = port;
        }

        /// SIGKILL; it is gone when this returns.
        public void kill9() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /// What its sessions call themselves in the database.
        public String name() {
            return "replica-" + port;
        }

        public String url(String path) {
            return "http://localhost:" + port + path;
        }

        public JsonPath get(String path) {
            return given().auth()
                    .oauth2(admin())
                    .get(url(path))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
        }
    }

    public static String admin() {
        return Tokens.of("ada").role("admin").allDepartments().build();
    }

    /// Starts one more and waits until it answers.
    public Replica start(String... settings) throws IOException {
        int port = Ports.free();
        // Making a token makes the key pair that the tokens of this test run are signed with.
        admin();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.profile=replica",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.datasource.jdbc.additional-jdbc-properties.ApplicationName=replica-" + port,
                "-Dkafka.bootstrap.servers=" + RealParts.kafka().bootstrapServers(),
                "-Dquarkus.oidc.public-key=" + System.getProperty("stonechat.testing.public-key"),
                "-Dstonechat.outbound.loopback=true",
                "-Dstonechat.token-secret=a-secret-that-only-the-tests-know-0123456789",
                // Slots belong to the cluster, and each database needs its own.
                "-Dstonechat.relay.slot=" + database,
                "-Dstonechat.work.poll-interval=PT0.5S"));
        databaseSettings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(settings));
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "replica-" + port + ".log").toFile())
                .start();
        Replica replica = new Replica(process, port);
        replicas.add(replica);
        await("the replica")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(() -> given().get(replica.url("/q/health/ready")).statusCode() == 200);
        return replica;
    }

    @Override
    public void close() {
        replicas.forEach(replica -> replica.process.destroyForcibly());
        for (Replica replica : replicas) {
            replica.process.onExit().join();
        }
    }
}
