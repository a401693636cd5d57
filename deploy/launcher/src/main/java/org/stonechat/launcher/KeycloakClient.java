package org.stonechat.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Gives a confidential client of the local realm the secret that this platform made up for it.
final class KeycloakClient {

    /// What ticket-service reads people and groups as.
    static final String DIRECTORY = "stonechat-directory";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI keycloak;
    private final String realm;
    private final String adminPassword;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    KeycloakClient(URI keycloak, String realm, String adminPassword) {
        this.keycloak = keycloak;
        this.realm = realm;
        this.adminPassword = adminPassword;
    }

    /// Changes nothing when the client has it already.
    ///
    /// @throws Refusal when Keycloak does not take it
    void giveSecret(String client, String secret) {
        if (signIn(realm, Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret))
                        .statusCode()
                == 200) {
            return;
        }
        HttpResponse<String> admin = signIn(
                "master",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        "admin",
                        "password",
                        adminPassword));
        String token = read(admin, 200).path("access_token").asText();
        URI clients = keycloak.resolve("/admin/realms/" + realm + "/clients");
        JsonNode found = read(
                        send(HttpRequest.newBuilder(URI.create(clients + "?clientId=" + client))
                                .header("Authorization", "Bearer " + token)),
                        200)
                .path(0);
        ObjectNode changed = found.deepCopy();
        changed.put("secret", secret);
        read(
                send(HttpRequest.newBuilder(
                                URI.create(clients + "/" + found.path("id").asText()))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(changed.toString()))),
                204);
    }

    private HttpResponse<String> signIn(String realm, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(keycloak.resolve("/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Refusal("Keycloak does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted while Keycloak was set up.", e);
        }
    }

    private static JsonNode read(HttpResponse<String> answer, int expected) {
        if (answer.statusCode() != expected) {
            throw new Refusal("Keycloak did not let " + DIRECTORY + " have its secret: it answered "
                    + answer.statusCode() + " to " + answer.request().uri() + ".");
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new Refusal("Keycloak's answer is no JSON.", e);
        }
    }
}
