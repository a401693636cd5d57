package org.stonechat.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.TraceCollector.Seen;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Json;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.story.DemoPlaces;
import org.stonechat.launcher.Part;
import org.stonechat.testing.Proves;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// What operators see: traces at a collector, through gateway, services and Kafka; and logs that are JSON in
/// production. Goes first: services that other tests start again do neither.
@Order(0)
@ExtendWith(SharedPlatform.class)
class SeenFromOutsideIT {

    @Test
    @Proves("O-4")
    void shouldBeOneTraceFromTheGatewayToAnotherServicesConsumer(SharedPlatform.Running running) {
        String trace = UUID.randomUUID().toString().replace("-", "");
        Desk alice = Desk.of(running.doors(), "alice");
        alice.web()
                .send(alice.to("tickets")
                        .header("Content-Type", "application/json")
                        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                        .POST(BodyPublishers.ofString(Json.write(Desk.body(
                                "departmentId",
                                DemoPlaces.NORTHWIND,
                                "contact",
                                Desk.body("address", "traced@customers.example"),
                                "subject",
                                "Where does this go?")))))
                .expecting(201);

        TraceCollector traces = running.traces();
        Seen projected = Patience.until(
                "the span of the projection",
                () -> traces.of(trace)
                        .filter(span -> span.service().equals("analytics-service")
                                && span.name().equals("process TicketCreated"))
                        .findFirst());
        Seen taken = Patience.until(
                "the span of the request",
                () -> traces.of(trace)
                        .filter(span -> span.service().equals("ticket-service")
                                && span.name().equals("POST /api/v1/tickets"))
                        .findFirst());
        // Each service exports its spans by itself, and not all of one trace together.
        Patience.untilTrue(
                "the spans of the gateway, up to the caller's",
                Patience.USUAL,
                () -> ancestors(traces, taken).getLast().equals("00f067aa0ba902b7"));
        assertThat(traces.of(trace)).anyMatch(span -> span.service().equals("gateway"));
        Patience.untilTrue(
                "the spans from the projection to the request",
                Patience.USUAL,
                () -> ancestors(traces, projected).contains(taken.id()));
    }

    @Test
    @Proves("O-4")
    void shouldWriteLogsAsJsonWithTheTraceTheyBelongTo(SharedPlatform.Running running) throws IOException {
        String trace = UUID.randomUUID().toString().replace("-", "");
        Desk ada = Desk.of(running.doors(), "ada");
        ada.web()
                .send(ada.to("operations/tickets/republish")
                        .header("Content-Type", "application/json")
                        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                        .POST(BodyPublishers.ofString(
                                Json.write(Desk.body("topic", "directory", "group", "nobody-listens")))))
                .expecting(202);

        JsonNode line = Patience.until(
                "the line of the request in a log",
                () -> Stream.of("ticket-service", "ticket-service-2")
                        .flatMap(part -> lines(running.platform().part(part)))
                        .filter(text -> text.contains(trace))
                        .map(Json::read)
                        .findFirst());
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("loggerName").asText()).isEqualTo("org.stonechat.kit.relay.Republisher");
        assertThat(line.path("message").asText()).contains("topic=directory").contains("group=nobody-listens");
        assertThat(line.path("timestamp").asText()).startsWith("20");
        assertThat(line.path("mdc").path("traceId").asText()).isEqualTo(trace);

        // From the start of the process on, every line is an object of its own.
        assertThat(lines(running.platform().part("analytics-service")))
                .isNotEmpty()
                .allSatisfy(text -> {
                    JsonNode entry = Json.read(text);
                    assertThat(entry.path("level").isTextual()).isTrue();
                    assertThat(entry.path("loggerName").isTextual()).isTrue();
                    assertThat(entry.path("message").isTextual()).isTrue();
                });
    }

    /// Those that are written to their end.
    private static Stream<String> lines(Part part) {
        try {
            byte[] log = Files.readAllBytes(part.log());
            int end = log.length;
            while (end > 0 && log[end - 1] != '\n') {
                end--;
            }
            return new String(log, 0, end, StandardCharsets.UTF_8).lines();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> ancestors(TraceCollector traces, Seen span) {
        return Stream.iterate(
                        Optional.of(span.parent()),
                        Optional::isPresent,
                        id -> id.flatMap(known -> traces.of(span.trace())
                                .filter(one -> one.id().equals(known))
                                .map(Seen::parent)
                                .findFirst()))
                .map(Optional::orElseThrow)
                .toList();
    }
}
