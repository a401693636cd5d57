package org.stonechat.kit.blob;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.stonechat.parts.Ports;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import software.amazon.awssdk.services.s3.S3Client;

import static org.awaitility.Awaitility.await;

/// Against S3Mock in a JVM of its own, whose class path the build writes down.
class S3BlobStoreIT implements BlobStoreContract {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String BUCKET = "stonechat";
    private static Process mock;
    private static S3Client client;

    @BeforeAll
    static void startMock() throws IOException {
        int port = Ports.free();
        mock = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Files.readString(Path.of("target/s3mock.classpath")),
                        "com.adobe.testing.s3mock.S3MockApplication",
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.http-port=" + port,
                        "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/s3mock.log").toFile())
                .start();
        await().atMost(PATIENCE).until(() -> !mock.isAlive() || listens(port));
        client = S3BlobStore.client(config(port).s3());
    }

    @AfterAll
    static void stopMock() {
        client.close();
        mock.destroyForcibly();
    }

    @Override
    public BlobStore store(String prefix, Consumer<BlobRef> register) {
        return new S3BlobStore(client, BUCKET, prefix, register);
    }

    private static BlobConfig config(int port) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(BlobConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "quarkus.application.name", "ticket-service",
                                "stonechat.blobs.kind", "s3",
                                "stonechat.blobs.s3.endpoint", "http://localhost:" + port,
                                "stonechat.blobs.s3.path-style", "true",
                                "stonechat.blobs.s3.access-key", "test",
                                "stonechat.blobs.s3.secret-key", "test"),
                        "test",
                        100))
                .build()
                .getConfigMapping(BlobConfig.class);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
