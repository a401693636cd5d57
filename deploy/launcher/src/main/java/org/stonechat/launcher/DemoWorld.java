package org.stonechat.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.stonechat.parts.Processes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/// The two shops of the demo, set up through the public API as an admin would do it. What was set up once is
/// left alone, unless its definition here has changed: changes people make to the demo survive a restart.
final class DemoWorld {

    static final String NORTHWIND = "0197a000-0000-7000-8000-000000000001";
    static final String LINDEN = "0197a000-0000-7000-8000-000000000002";
    static final String SHOP_SUPPORT = "0197a000-0000-7000-8000-000000000011";
    static final String REVIEW_DESK = "0197a000-0000-7000-8000-000000000012";
    static final String BRAND_CARE = "0197a000-0000-7000-8000-000000000021";

    private static final String ALICE = "0197a000-0000-7000-8000-000000000101";
    private static final String BOB = "0197a000-0000-7000-8000-000000000102";
    private static final String LENA = "0197a000-0000-7000-8000-000000000103";
    private static final String MAX = "0197a000-0000-7000-8000-000000000104";

    private static final String DONE_FILE = "demo-world.json";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(20);

    private final URI gateway;
    private final URI issuer;
    private final URI simulator;
    private final Path doneFile;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    DemoWorld(URI gateway, URI issuer, URI simulator, Path state) {
        this.gateway = gateway;
        this.issuer = issuer;
        this.simulator = simulator;
        this.doneFile = state.resolve(DONE_FILE);
    }

    /// One object of the demo world: where it is put, and what.
    record Definition(String path, Map<String, Object> body) {}

    void seed() {
        Map<String, String> done = done();
        List<Definition> open = definitions().stream()
                .filter(definition -> !digest(definition).equals(done.get(definition.path())))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        String token = adminToken();
        for (Definition definition : open) {
            put(definition, token);
            done.put(definition.path(), digest(definition));
            ProcessList.write(doneFile, done);
        }
    }

    List<Definition> definitions() {
        List<Definition> definitions = new ArrayList<>();
        definitions.add(new Definition(
                "departments/" + NORTHWIND,
                body(
                        "name", "Northwind Shop",
                        "slug", "northwind",
                        "preset", "OPEN",
                        "oneTouch", false,
                        "mailAddress", "support@northwind.example",
                        "language", "en",
                        "timeZone", "Europe/Amsterdam",
                        "autoCloseAfter", "PT96H")));
        definitions.add(new Definition(
                "departments/" + LINDEN,
                body(
                        "name", "Linden Brand",
                        "slug", "linden",
                        "preset", "MODERATED",
                        "oneTouch", true,
                        "mailAddress", "care@linden.example",
                        "language", "de",
                        "timeZone", "Europe/Berlin",
                        "autoCloseAfter", "PT96H")));
        definitions.add(
                team(SHOP_SUPPORT, "Shop Support", "shop-support", NORTHWIND, "PORTAL_AND_INTERNAL", ALICE, LENA));
        definitions.add(team(REVIEW_DESK, "Review Desk", "review-desk", NORTHWIND, "INTERNAL", ALICE, LENA));
        definitions.add(team(BRAND_CARE, "Brand Care", "brand-care", LINDEN, "PORTAL_AND_INTERNAL", BOB, MAX));
        definitions.add(mailbox(
                "0197a000-0000-7000-8000-000000000031", NORTHWIND, "support@northwind.example", "northwind-demo"));
        definitions.add(mailbox("0197a000-0000-7000-8000-000000000032", LINDEN, "care@linden.example", "linden-demo"));
        definitions.add(new Definition(
                "review-connections/0197a000-0000-7000-8000-000000000041",
                body(
                        "name",
                        "Northwind at Trusted Shops",
                        "platform",
                        "TRUSTED_SHOPS",
                        "departmentId",
                        NORTHWIND,
                        "baseUrl",
                        simulator + "/etrusted",
                        "tokenUrl",
                        simulator + "/etrusted/oauth/token",
                        "credentials",
                        body("clientId", "sim-client", "clientSecret", "sim-secret"),
                        "channels",
                        List.of("chl-northwind-0001"),
                        "productReviews",
                        true,
                        "pollInterval",
                        "PT2S",
                        "criteria",
                        List.of(body(
                                "name",
                                "Up to three stars",
                                "maxStars",
                                3,
                                "departmentId",
                                NORTHWIND,
                                "teamId",
                                REVIEW_DESK,
                                "priority",
                                "HIGH",
                                "tags",
                                List.of("review"))),
                        "inboxUrlTemplate",
                        simulator + "/reviews/{reviewId}")));
        // Scopes of rating settings: the teams, and the departments for tickets that no team has.
        for (String scope : List.of(SHOP_SUPPORT, BRAND_CARE, NORTHWIND, LINDEN)) {
            boolean oneTouch = scope.equals(BRAND_CARE) || scope.equals(LINDEN);
            definitions.add(new Definition(
                    "rating-settings/" + scope,
                    body(
                            "enabled",
                            true,
                            // Under one-touch every reply solves: leave the customer the time to answer first.
                            "delay",
                            oneTouch ? "PT10S" : "PT2S",
                            "stageCategories",
                            List.of("SOLVED"),
                            "published",
                            false)));
        }
        return definitions;
    }

    private static Definition team(
            String id, String name, String slug, String department, String visibility, String... members) {
        return new Definition(
                "teams/" + id,
                body(
                        "name", name,
                        "slug", slug,
                        "departmentIds", List.of(department),
                        "visibility", visibility,
                        "memberIds", List.of(members)));
    }

    private static Definition mailbox(String id, String department, String address, String password) {
        return new Definition(
                "mailboxes/" + id,
                body(
                        "departmentId", department,
                        "address", address,
                        "imapUser", address,
                        "imapPassword", password,
                        "folder", "INBOX"));
    }

    private static Map<String, Object> body(Object... namesAndValues) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return body;
    }

    /// Services hear of each other's objects a moment later, so a refusal right after the start may pass.
    private void put(Definition definition, String token) {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/api/v1/" + definition.path()))
                .timeout(REQUEST_PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json(definition.body())))
                .build();
        String[] answer = {"nothing"};
        boolean accepted = Processes.await(PATIENCE, () -> {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                answer[0] = response.statusCode() + " " + response.body();
                return response.statusCode() / 100 == 2;
            } catch (IOException unreachable) {
                answer[0] = String.valueOf(unreachable.getMessage());
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refusal("Interrupted while setting the demo world up.", e);
            }
        });
        if (!accepted) {
            throw new Refusal("The demo world could not be set up: PUT " + request.uri() + " was answered with "
                    + answer[0] + ".");
        }
    }

    private String adminToken() {
        String form = Map.of(
                        "grant_type", "password",
                        "client_id", "stonechat-spa",
                        "username", "ada",
                        "password", "ada-demo")
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                .timeout(REQUEST_PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode token = ProcessList.JSON.readTree(response.body()).path("access_token");
            if (response.statusCode() != 200 || token.isMissingNode()) {
                throw new Refusal("The demo world could not be set up: Keycloak gives the admin ada no token ("
                        + response.statusCode() + ").");
            }
            return token.asText();
        } catch (IOException e) {
            throw new Refusal("The demo world could not be set up: Keycloak does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted while setting the demo world up.", e);
        }
    }

    private Map<String, String> done() {
        Map<String, String> done = new LinkedHashMap<>();
        ProcessList.read(doneFile, JsonNode.class)
                .ifPresent(saved -> saved.properties()
                        .forEach(entry ->
                                done.put(entry.getKey(), entry.getValue().asText())));
        return done;
    }

    private static String digest(Definition definition) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(json(definition.body()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object value) {
        try {
            return ProcessList.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
