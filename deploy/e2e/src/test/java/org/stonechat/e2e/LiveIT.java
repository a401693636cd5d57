package org.stonechat.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Json;
import org.stonechat.e2e.story.DemoPlaces;
import org.stonechat.testing.Proves;

import static org.assertj.core.api.Assertions.assertThat;

/// The live stream: through the gateway as things happen, and resumed at another replica without a gap.
@Order(40)
@ExtendWith(SharedPlatform.class)
class LiveIT {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    @Proves({"N-5", "G-2"})
    void shouldShowAChangeThroughTheGatewayAtOnce(SharedPlatform.Running running) throws Exception {
        Desk lena = Desk.of(running.doors(), "lena");
        try (Stream stream = follow(running.doors().api("live"), lena.token(), null)) {
            stream.next("ready");

            long number = create(lena);

            assertThat(stream.numbers(1)).containsExactly(number);
        }
    }

    @Test
    @Proves({"N-5", "O-3"})
    void shouldResumeAtAnotherReplicaWithoutAGap(SharedPlatform.Running running) throws Exception {
        Desk lena = Desk.of(running.doors(), "lena");
        URI first = running.platform().address("notification-service").resolve("/api/v1/live");
        URI second = running.platform().address("notification-service-2").resolve("/api/v1/live");
        List<Long> expected = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        String last;

        try (Stream stream = follow(first, lena.token(), null)) {
            stream.next("ready");
            for (int i = 0; i < 3; i++) {
                expected.add(create(lena));
            }
            seen.addAll(stream.numbers(3));
            last = stream.lastId();
        }
        for (int i = 0; i < 3; i++) {
            expected.add(create(lena));
        }
        try (Stream stream = follow(second, lena.token(), last)) {
            for (int i = 0; i < 3; i++) {
                expected.add(create(lena));
            }
            seen.addAll(stream.numbers(6));
        }

        // Events of one ticket stay in order; those of different tickets may overtake each other.
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static long create(Desk desk) {
        return desk.post(
                        "tickets",
                        Desk.body(
                                "departmentId",
                                DemoPlaces.NORTHWIND,
                                "contact",
                                Desk.body("address", "live@customers.example"),
                                "subject",
                                "Seen live"))
                .expecting(201)
                .json()
                .required("number")
                .asLong();
    }

    private Stream follow(URI address, String token, @Nullable String lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new Stream(response.body());
    }

    private record Event(String name, @Nullable String id, String data) {}

    /// Reads server-sent events as the HTML standard says.
    private static final class Stream implements AutoCloseable {

        private static final Duration PATIENCE = Duration.ofSeconds(20);

        private final InputStream body;
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private @Nullable String lastId;

        Stream(InputStream body) {
            this.body = body;
            Thread.ofVirtual().start(this::read);
        }

        Event next(String name) throws InterruptedException {
            while (true) {
                Event event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(event).as("an event " + name + " in time").isNotNull();
                if (event.id() != null) {
                    lastId = event.id();
                }
                if (event.name().equals(name)) {
                    return event;
                }
            }
        }

        /// The numbers of the next tickets that are created.
        List<Long> numbers(int howMany) throws InterruptedException {
            List<Long> numbers = new ArrayList<>();
            while (numbers.size() < howMany) {
                numbers.add(Json.read(next("TicketCreated").data())
                        .required("number")
                        .asLong());
            }
            return numbers;
        }

        String lastId() {
            assertThat(lastId).isNotNull();
            return lastId;
        }

        private void read() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                String name = "message";
                String id = null;
                StringBuilder data = new StringBuilder();
                String line;
                while ((line = lines.readLine()) != null) {
                    if (line.isEmpty()) {
                        if (!data.isEmpty() || id != null || !name.equals("message")) {
                            events.add(new Event(name, id, data.toString()));
                        }
                        name = "message";
                        id = null;
                        data.setLength(0);
                    } else if (!line.startsWith(":")) {
                        int colon = line.indexOf(':');
                        String field = colon < 0 ? line : line.substring(0, colon);
                        String value =
                                colon < 0 ? "" : line.substring(colon + 1).stripLeading();
                        switch (field) {
                            case "event" -> name = value;
                            case "id" -> id = value;
                            case "data" -> data.append(value);
                            default -> {
                                // Others, such as `retry`, say nothing here.
                            }
                        }
                    }
                }
            } catch (IOException closed) {
                events.add(new Event("closed", null, String.valueOf(closed.getMessage())));
            }
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
