package org.stonechat.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Json;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.story.DemoPlaces;
import org.stonechat.launcher.Part;
import org.stonechat.testing.Proves;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;

import static org.assertj.core.api.Assertions.assertThat;

/// What operators see: traces at a collector, through gateway, services and Kafka; and logs that are JSON in
/// production.
@Order(60)
@ExtendWith(SharedPlatform.class)
class SeenFromOutsideIT {

    private static final List<String> WATCHED =
            List.of("gateway", "ticket-service", "ticket-service-2", "analytics-service");

    /// A span as it was exported.
    private record Seen(String service, String trace, String id, String parent, String name) {}

    private static final Queue<Seen> SPANS = new ConcurrentLinkedQueue<>();
    private static HttpServer collector;

    @BeforeAll
    static void watch(SharedPlatform.Running running) throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", SeenFromOutsideIT::collect);
        collector.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        collector.start();
        Map<String, String> environment = Map.of(
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://localhost:" + collector.getAddress().getPort(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL",
                "http/protobuf",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY",
                "0.2S",
                // Production's own default, which the launcher overrides for people who read the logs.
                "STONECHAT_LOG_JSON",
                "true");
        WATCHED.forEach(part -> running.platform().restart(part, environment));
    }

    @AfterAll
    static void leave(SharedPlatform.Running running) {
        WATCHED.forEach(part -> running.platform().part(part).restart());
        collector.stop(0);
    }

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

        Seen projected = Patience.until(
                "the span of the projection",
                () -> of(trace)
                        .filter(span -> span.service().equals("analytics-service")
                                && span.name().equals("process TicketCreated"))
                        .findFirst());
        Seen taken = Patience.until(
                "the span of the request",
                () -> of(trace)
                        .filter(span -> span.service().equals("ticket-service")
                                && span.name().equals("POST /api/v1/tickets"))
                        .findFirst());
        Patience.until(
                "a span of the gateway",
                () -> of(trace).filter(span -> span.service().equals("gateway")).findFirst());
        assertThat(ancestors(trace, projected)).contains(taken.id());
        assertThat(ancestors(trace, taken)).endsWith("00f067aa0ba902b7");
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
        List<String> all = lines(running.platform().part("analytics-service")).toList();
        List<String> sinceStart = all.subList(firstJson(all), all.size());
        assertThat(sinceStart).isNotEmpty().allSatisfy(text -> {
            JsonNode entry = Json.read(text);
            assertThat(entry.path("level").isTextual()).isTrue();
            assertThat(entry.path("loggerName").isTextual()).isTrue();
            assertThat(entry.path("message").isTextual()).isTrue();
        });
    }

    private static int firstJson(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("{")) {
                return i;
            }
        }
        throw new AssertionError("no line is JSON");
    }

    private static Stream<String> lines(Part part) {
        try {
            return Files.readAllLines(part.log()).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Seen> of(String trace) {
        return SPANS.stream().filter(span -> span.trace().equals(trace));
    }

    private static List<String> ancestors(String trace, Seen span) {
        return Stream.iterate(
                        Optional.of(span.parent()),
                        Optional::isPresent,
                        id -> id.flatMap(known -> of(trace)
                                .filter(one -> one.id().equals(known))
                                .map(Seen::parent)
                                .findFirst()))
                .map(Optional::orElseThrow)
                .toList();
    }

    /// OTLP over HTTP, as any collector takes it.
    private static void collect(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            ExportTraceServiceRequest export = ExportTraceServiceRequest.parseFrom(
                    compressed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody());
            for (ResourceSpans resource : export.getResourceSpansList()) {
                String service = resource.getResource().getAttributesList().stream()
                        .filter(attribute -> attribute.getKey().equals("service.name"))
                        .map(attribute -> attribute.getValue().getStringValue())
                        .findFirst()
                        .orElse("");
                resource.getScopeSpansList()
                        .forEach(scope -> scope.getSpansList().forEach(span -> SPANS.add(seen(service, span))));
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Seen seen(String service, Span span) {
        return new Seen(
                service, hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()), span.getName());
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
