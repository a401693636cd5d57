package org.stonechat.e2e.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventStreamTest {

    private static final Duration LONG = Duration.ofDays(1);

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/live", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody()
                        .write(
                                (": hello\n\nevent: ready\nid: 1\ndata: {}\n\nretry: 5\n\nevent: viewers\nid: 2\ndata: {\"a\":\n"
                                                + "data: 1}\n\ndata: plain\n\nevent: viewers\ndata: last\n\n")
                                        .getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldReadEventsInOrderAndPassOverOthers() {
        try (EventStream stream = open("/live")) {
            EventStream.Event viewers = stream.next("viewers");

            assertThat(viewers.data()).isEqualTo("{\"a\":1}");
            assertThat(viewers.id()).isEqualTo("2");
            assertThat(stream.next("message").data()).isEqualTo("plain");
            assertThat(stream.lastId()).contains("2");
        }
    }

    @Test
    @Timeout(90)
    void shouldNotWaitForWhatCannotComeAnyMore() {
        try (EventStream stream = open("/live")) {
            assertThat(stream.next("viewers", LONG, event -> event.data().equals("last")))
                    .isPresent();

            // Whoever waited for the whole time would be interrupted by the limit of this test.
            assertThat(stream.next("viewers", LONG, event -> true)).isEmpty();

            assertThat(stream.hasEnded()).isTrue();
        }
    }

    @Test
    void shouldSayThatThereIsNoStream() {
        assertThatThrownBy(() -> open("/elsewhere"))
                .isInstanceOf(Disappointment.class)
                .hasMessageContaining("404");
    }

    private EventStream open(String path) {
        return EventStream.open(
                new Web(),
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path)));
    }
}
