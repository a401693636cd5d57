package org.stonechat.ticket;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.defect.ApiDocument;
import org.stonechat.testing.defect.Defect;
import org.stonechat.testing.defect.Defects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.openTicket;
import static org.stonechat.ticket.World.person;

/// Every operation of the OpenAPI document with every defect that can reach it: always a problem that says
/// so, never a 500, never a change.
@QuarkusTest
@WithRealParts
class BadInputIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// What moves by itself, or notes what was asked.
    private static final Set<String> RESTLESS = Set.of(
            "due_work",
            "inbox",
            // A refusal leaves its line there, and is meant to.
            "audit_line",
            "idempotency_key",
            "relay_state",
            "republish_run",
            "rebuild_state",
            "flyway_schema_history",
            "blob",
            // Windows that were open go away by themselves.
            "ticket_presence",
            "debezium_heartbeat");

    private final HttpClient http = HttpClient.newHttpClient();
    /// A place of its own: what is set up by chance here must not bind other tests.
    private static final UUID PLACE = UUID.randomUUID();

    private static final UUID CREW = UUID.randomUUID();

    private final String some = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> tokens = new HashMap<>();

    @TestHTTPResource
    URI base;

    @Inject
    DataSource dataSource;

    private ApiDocument document;
    private List<ApiDocument.Operation> operations;
    private String ticket;
    private String elsewhere;
    private String contact;
    private String message;

    @BeforeEach
    void setUp() throws Exception {
        World.setUp();
        World.department(PLACE, Map.of("name", "Bad input", "slug", "bad-input-" + PLACE, "preset", "OPEN"));
        World.team(CREW, "Crew", "crew-" + CREW, PLACE, "INTERNAL");
        document = new ApiDocument(EventJson.read(
                send(request("GET", "q/openapi?format=json").build()).body()));
        operations = document.operations();
        ticket = openTicket(clerk(), PLACE, "bad-" + some + "@customers.example");
        elsewhere = openTicket(bob(), LINDEN, "bad-" + some + "@customers.example");
        contact = clerk().get("/api/v1/tickets/{id}", ticket).then().extract().path("requester.id");
        message = clerk().get("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .extract()
                .path("items[0].id");
    }

    private static RequestSpecification clerk() {
        return World.as(Tokens.of("alice").subject(person(1)).role("agent").department(PLACE));
    }

    private Defects defects() {
        Map<String, String> ids = new HashMap<>();
        ids.put("/tickets/{id}", ticket);
        ids.put("/contacts/{id}", contact);
        ids.put("/departments/{id}", PLACE.toString());
        ids.put("/teams/{id}", CREW.toString());
        ids.put("?department", PLACE.toString());
        ids.put("?source", "bad-input");
        Map<String, JsonNode> known = new HashMap<>();
        known.put("departmentId", JSON.textNode(PLACE.toString()));
        known.put("departmentIds", JSON.arrayNode().add(PLACE.toString()));
        known.put("contact", JSON.objectNode().put("name", "Carl"));
        known.put("bodyText", JSON.textNode("Some words."));
        known.put("into", JSON.textNode(ticket));
        known.put("messageIds", JSON.arrayNode().add(message));
        known.put("agentId", JSON.textNode(person(5).toString()));
        return new Defects(document, ids, known);
    }

    /// Whatever is refused is refused with the problem that fits its kind, and has changed nothing.
    @Test
    @Proves({"G-5", "G-2"})
    void shouldRefuseDefectsWithAProblemAndChangeNothing() throws Exception {
        List<String> wrong = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        int sent = 0;
        for (ApiDocument.Operation operation : operations) {
            Defects defects = defects();
            tokens.clear();
            int goodStatus = send(operation, defects.good(operation)).statusCode();
            List<Defect> all = defects.of(operation).stream()
                    .filter(defect -> !defect.legal())
                    .toList();
            sent += all.size();
            Map<String, String> before = digest();
            List<String> takenHere = new ArrayList<>();
            List<String> wrongHere = new ArrayList<>();
            refuse(operation, all, goodStatus, takenHere, wrongHere);
            if (takenHere.isEmpty() && !digest().equals(before)) {
                // The good request may have begun something that went on meanwhile: once more, when all is quiet.
                before = settled();
                refuse(operation, all, goodStatus, takenHere, wrongHere);
                Map<String, String> after = digest();
                before.forEach((table, content) -> {
                    if (!content.equals(after.get(table))) {
                        wrongHere.add(operation.name() + " changed " + table);
                    }
                });
            }
            taken.addAll(takenHere);
            wrong.addAll(wrongHere);
        }
        System.out.printf("sent %d defects to %d operations, %d were taken%n", sent, operations.size(), taken.size());
        assertThat(wrong).isEmpty();
        assertThat(sent).isGreaterThan(2000);
        assertThat(taken).isEmpty();
    }

    private void refuse(
            ApiDocument.Operation operation,
            List<Defect> defects,
            int goodStatus,
            List<String> taken,
            List<String> wrong)
            throws Exception {
        for (Defect defect : defects) {
            HttpResponse<String> answer = send(operation, defect);
            if (answer.statusCode() < 400 || answer.statusCode() == 409) {
                taken.add(line(operation, defect, answer));
            } else if (!refusedWell(defect, answer, goodStatus)) {
                wrong.add(line(operation, defect, answer));
            }
        }
    }

    /// What every table holds when nothing has moved for a second.
    private Map<String, String> settled() throws SQLException {
        AtomicReference<Map<String, String>> last = new AtomicReference<>(digest());
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> digest().equals(last.getAndSet(digest())));
        return last.get();
    }

    @Test
    @Proves("G-5")
    void shouldNeverFailOnWhatOnlyLooksStrange() throws Exception {
        List<String> wrong = new ArrayList<>();
        int taken = 0;
        for (ApiDocument.Operation operation : operations) {
            Defects defects = defects();
            for (Defect defect : defects.of(operation)) {
                if (defect.legal()) {
                    tokens.clear();
                    HttpResponse<String> answer = send(operation, defect);
                    if (answer.statusCode() < 300) {
                        taken++;
                    } else if (answer.statusCode() >= 500 || !isProblem(answer)) {
                        wrong.add(line(operation, defect, answer));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(taken).isGreaterThan(20);
    }

    @Test
    @Proves("G-4")
    void shouldNotShowOrChangeWhatBelongsToAnotherDepartment() throws Exception {
        String token = token("agent");
        List<String> wrong = new ArrayList<>();
        Map<String, String> before = digest();
        Defects defects = new Defects(
                document,
                Map.of("/tickets/{id}", elsewhere, "/departments/{id}", LINDEN.toString()),
                Map.of(
                        "departmentId",
                        JSON.textNode(LINDEN.toString()),
                        "departmentIds",
                        JSON.arrayNode().add(LINDEN.toString()),
                        "contact",
                        JSON.objectNode().put("name", "Carl"),
                        "bodyText",
                        JSON.textNode("Some words."),
                        "into",
                        JSON.textNode(ticket)));
        for (ApiDocument.Operation operation : operations) {
            boolean scoped = operation.path().contains("/tickets/{id}")
                    || operation.path().contains("/departments/{id}")
                    || operation.schema().path("properties").has("departmentId")
                    || operation.schema().path("properties").has("departmentIds");
            if (scoped && operation.roles().contains("agent")) {
                HttpResponse<String> answer = send(operation, defects.good(operation), token);
                if (answer.statusCode() < 400 || answer.statusCode() >= 500 || !isProblem(answer)) {
                    wrong.add(line(operation, defects.good(operation), answer));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(digest()).isEqualTo(before);
    }

    /// With the one answer for this kind of defect; or with what the request would be told without it, where that is
    /// looked at first, as whether there is such a ticket.
    private static boolean refusedWell(Defect defect, HttpResponse<String> answer, int goodStatus) {
        if (!isProblem(answer)) {
            return false;
        }
        int status = answer.statusCode();
        String code = EventJson.read(answer.body()).path("code").asText();
        // What a custom field takes is set up, and no part of the contract.
        boolean valueOfAField = defect.what().startsWith("/fields") && code.equals("field-value-invalid");
        return defect.kind().isAnsweredBy(status, code)
                || valueOfAField
                || (status >= 400 && status < 500 && status == goodStatus);
    }

    private static boolean isProblem(HttpResponse<String> answer) {
        return answer.headers()
                        .firstValue("Content-Type")
                        .filter(type -> type.startsWith("application/problem+json"))
                        .isPresent()
                && EventJson.read(answer.body()).hasNonNull("code");
    }

    private static String line(ApiDocument.Operation operation, Defect defect, HttpResponse<String> answer) {
        String body = answer.body();
        return operation.name()
                + " with "
                + defect.what()
                + ": "
                + answer.statusCode()
                + " "
                + (body.length() > 200 ? body.substring(0, 200) : body);
    }

    private HttpResponse<String> send(ApiDocument.Operation operation, Defect defect) throws Exception {
        if (operation.roles().isEmpty()) {
            return send(operation, defect, "");
        }
        String role = operation.roles().contains("admin")
                ? "admin"
                : operation.roles().iterator().next();
        return send(operation, defect, token(role));
    }

    private HttpResponse<String> send(ApiDocument.Operation operation, Defect defect, String token) throws Exception {
        String path = operation.path().substring(1);
        for (Map.Entry<String, String> parameter : defect.pathParameters().entrySet()) {
            path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        StringBuilder query = new StringBuilder();
        defect.query()
                .forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value));
        byte[] body = defect.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/" + path + query))
                .method(
                        operation.method(),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        defect.headers().forEach(request::header);
        if (defect.contentType() != null) {
            request.header("Content-Type", defect.contentType());
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.timeout(PATIENCE).build());
    }

    private HttpRequest.Builder request(String method, String path) {
        return HttpRequest.newBuilder(base.resolve("/" + path)).method(method, HttpRequest.BodyPublishers.noBody());
    }

    /// Live streams answer and go on; only what they begin with is of interest.
    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<java.io.InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        boolean stream = answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
        try (java.io.InputStream in = answer.body()) {
            return new Read(answer, stream ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private record Read(HttpResponse<?> answer, String body) implements HttpResponse<String> {

        @Override
        public int statusCode() {
            return answer.statusCode();
        }

        @Override
        public HttpRequest request() {
            return answer.request();
        }

        @Override
        public java.util.Optional<HttpResponse<String>> previousResponse() {
            return java.util.Optional.empty();
        }

        @Override
        public java.net.http.HttpHeaders headers() {
            return answer.headers();
        }

        @Override
        public java.util.Optional<javax.net.ssl.SSLSession> sslSession() {
            return java.util.Optional.empty();
        }

        @Override
        public URI uri() {
            return answer.uri();
        }

        @Override
        public HttpClient.Version version() {
            return answer.version();
        }
    }

    private String token(String role) {
        return tokens.computeIfAbsent(role, wanted -> switch (wanted) {
            case "agent" ->
                Tokens.of("alice")
                        .subject(person(1))
                        .role("agent")
                        .department(PLACE)
                        .build();
            case "customer" ->
                Tokens.of("carl").subject(person(7)).role("customer").build();
            default ->
                Tokens.of("ada")
                        .subject(person(5))
                        .role(wanted)
                        .allDepartments()
                        .build();
        });
    }

    /// What every table holds, but for those that move by themselves.
    private Map<String, String> digest() throws SQLException {
        Map<String, String> digest = new TreeMap<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(
                    "select tablename from pg_tables where schemaname = current_schema() order by 1")) {
                while (row.next()) {
                    if (!RESTLESS.contains(row.getString(1))) {
                        tables.add(row.getString(1));
                    }
                }
            }
            for (String table : tables) {
                try (ResultSet row = statement.executeQuery(
                        "select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from \""
                                + table
                                + "\" t")) {
                    row.next();
                    digest.put(table, row.getString(1));
                }
            }
        }
        return digest;
    }
}
