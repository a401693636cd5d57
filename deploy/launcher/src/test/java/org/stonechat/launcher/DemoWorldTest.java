package org.stonechat.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

class DemoWorldTest {

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path state;

    private HttpServer server;
    private DemoWorld world;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI address = URI.create("http://localhost:" + server.getAddress().getPort());
        world = new DemoWorld(
                address, address.resolve("/realms/stonechat"), URI.create("http://localhost:8190"), state);
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void shouldPutEverythingAsTheAdminDepartmentsFirst() {
        world.seed();

        List<String> puts =
                requests.stream().filter(request -> request.startsWith("PUT")).toList();
        assertThat(puts).hasSize(world.definitions().size()).doesNotHaveDuplicates();
        assertThat(puts.getFirst()).startsWith("PUT /api/v1/departments/");
        assertThat(puts).allMatch(put -> put.endsWith(" Bearer token-of-ada"));
    }

    @Test
    void shouldLeaveAloneWhatItSetUpBefore() {
        world.seed();
        requests.clear();

        world.seed();

        assertThat(requests).isEmpty();
    }

    @Test
    void shouldSetUpAgainWhatIsDefinedDifferentlyNow() throws IOException {
        world.seed();
        requests.clear();
        Path done = state.resolve("demo-world.json");
        Files.writeString(done, Files.readString(done).replaceFirst("(teams/[^\"]+\" : \")[0-9a-f]+", "$1before"));

        world.seed();

        assertThat(requests)
                .filteredOn(request -> request.startsWith("PUT"))
                .hasSize(1)
                .allMatch(put -> put.contains("/api/v1/teams/"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = "{\"access_token\":\"token-of-ada\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
