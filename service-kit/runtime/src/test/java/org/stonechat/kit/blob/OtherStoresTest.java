package org.stonechat.kit.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import software.amazon.awssdk.services.s3.S3Client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/// Stores that speak S3 as it was before Amazon's clients added checksums and trailers to each upload: they refuse what
/// they do not know.
class OtherStoresTest {

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private HttpServer store;

    @BeforeEach
    void start() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", this::answer);
        store.start();
    }

    @AfterEach
    void stop() {
        store.stop(0);
    }

    @Test
    void shouldUploadWithoutChecksumsThatOtherStoresRefuse() throws IOException {
        try (S3Client client = S3BlobStore.client(config().s3())) {
            BlobStore blobs = new S3BlobStore(client, "stonechat", "ticket-service", blob -> {});

            BlobRef stored = blobs.put(new ByteArrayInputStream("a letter".getBytes(UTF_8)));

            assertThat(refused).isEmpty();
            assertThat(objects.values()).singleElement().isEqualTo("a letter".getBytes(UTF_8));
            assertThat(blobs.open(stored.sha256()).readAllBytes()).isEqualTo("a letter".getBytes(UTF_8));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, String> unknown = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> {
                String lower = name.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("x-amz-checksum-")
                        || lower.startsWith("x-amz-sdk-checksum-")
                        || lower.equals("x-amz-trailer")
                        || values.toString().contains("aws-chunked")) {
                    unknown.put(lower, values.toString());
                }
            });
            refused.putAll(unknown);
            if (!unknown.isEmpty()) {
                exchange.sendResponseHeaders(501, -1);
                return;
            }
            String key = exchange.getRequestURI().getPath();
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    objects.put(key, body);
                    exchange.getResponseHeaders().add("ETag", "\"1\"");
                    exchange.sendResponseHeaders(200, -1);
                }
                case "GET" -> {
                    exchange.sendResponseHeaders(200, objects.get(key).length);
                    exchange.getResponseBody().write(objects.get(key));
                }
                default -> exchange.sendResponseHeaders(objects.containsKey(key) ? 200 : 404, -1);
            }
        }
    }

    private BlobConfig config() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(BlobConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "quarkus.application.name", "ticket-service",
                                "stonechat.blobs.kind", "s3",
                                "stonechat.blobs.s3.endpoint",
                                        "http://localhost:" + store.getAddress().getPort(),
                                "stonechat.blobs.s3.path-style", "true",
                                "stonechat.blobs.s3.access-key", "test",
                                "stonechat.blobs.s3.secret-key", "test"),
                        "test",
                        100))
                .build()
                .getConfigMapping(BlobConfig.class);
    }
}
