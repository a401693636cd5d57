package org.stonechat.e2e.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

class WireTest {

    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
    private HttpServer server;
    private Wire wire;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/whole", exchange -> answer(exchange, 201, false));
        server.createContext("/chunks", exchange -> answer(exchange, 200, true));
        server.createContext("/last", exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, 200, false);
        });
        server.start();
        wire = new Wire(URI.create("http://localhost:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        wire.close();
        server.stop(0);
    }

    @Test
    void shouldSendABodyAndReadTheAnswer() throws IOException {
        Wire.Answer answer = wire.post("/whole", "secret", "{\"name\":\"Zoë\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("POST Bearer secret {\"name\":\"Zoë\"}");
    }

    @Test
    void shouldReadAnAnswerInChunks() throws IOException {
        assertThat(wire.get("/chunks", "t").text()).isEqualTo("GET Bearer t ");
    }

    @Test
    void shouldKeepItsConnectionUntilToldNotTo() throws IOException {
        wire.get("/whole", "t");
        wire.get("/chunks", "t");
        wire.get("/last", "t");
        assertThat(callers).hasSize(1);

        wire.get("/whole", "t");
        assertThat(callers).hasSize(2);
    }

    private void answer(HttpExchange exchange, int status, boolean chunked) throws IOException {
        callers.add(exchange.getRemoteAddress());
        byte[] body = (exchange.getRequestMethod() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization") + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, chunked ? 0 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
