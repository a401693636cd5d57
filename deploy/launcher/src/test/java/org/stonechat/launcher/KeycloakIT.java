package org.stonechat.launcher;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

/// The realm as Keycloak itself understands it.
class KeycloakIT {

    private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
    private static final int OFFSET = 12_200;

    @TempDir
    private static Path state;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Platform platform;
    private static URI keycloak;

    /// Who gets passwords here, so that those of the demo stay as they are.
    private static String dora;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.in(CHECKOUT, OFFSET, state);
        platform.up(Platform.Options.standard().withoutBuild().withoutSeed().withOnly(Set.of("keycloak")));
        keycloak = platform.address("keycloak");
        HttpResponse<String> made = admin(
                "POST",
                "/admin/realms/stonechat/users",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("username", "dora")
                        .put("email", "dora@staff.stonechat.example")
                        .put("enabled", true));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        dora = made.headers().firstValue("Location").orElseThrow();
    }

    @AfterAll
    static void stop() {
        platform.down();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "bob", "lena", "max", "ada", "ana", "carl"})
    void shouldSignInThePeopleOfTheDemo(String person) throws Exception {
        HttpResponse<String> answer = form(
                "/realms/stonechat/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "stonechat-spa",
                        "username",
                        person,
                        "password",
                        person + "-demo"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "kr4ut-wind, invalidPasswordMinLengthMessage",
        "Password1234, invalidPasswordBlacklistedMessage",
        "1Q2W3E4R5T6Y, invalidPasswordBlacklistedMessage",
        "stonechat2026, invalidPasswordBlacklistedMessage",
        "dora@staff.stonechat.example, invalidPasswordNotEmailMessage"
    })
    void shouldRefuseAPasswordThatIsShortOrCommon(String password, String reason) throws Exception {
        HttpResponse<String> answer = setPassword(password);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(reason);
    }

    @Test
    void shouldTakeAPasswordThatIsNeither() throws Exception {
        assertThat(setPassword("heron under the seventh bridge").statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:20280/, true",
        "http://localhost:20280/docs/oauth2-redirect.html, true",
        "http://localhost:5173/signed-in, true",
        "http://localhost:20280/docs, false",
        "http://localhost:20280.evil.example/, false",
        "http://localhost:9999/, false",
        "http://127.0.0.1:5173/, false",
        "https://evil.example/, false"
    })
    void shouldSendPeopleBackToKnownAddressesAlone(String address, boolean known) throws Exception {
        String query = encoded(Map.of(
                "client_id", "stonechat-spa",
                "response_type", "code",
                "scope", "openid",
                "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "code_challenge_method", "S256",
                "redirect_uri", address));
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(keycloak.resolve("/realms/stonechat/protocol/openid-connect/auth?" + query))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(known ? 200 : 400);
    }

    private static HttpResponse<String> setPassword(String password) throws Exception {
        return admin(
                "PUT",
                URI.create(dora + "/reset-password").getPath(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "password")
                        .put("temporary", false)
                        .put("value", password));
    }

    private static HttpResponse<String> admin(String method, String path, JsonNode body) throws Exception {
        HttpResponse<String> login = form(
                "/realms/master/protocol/openid-connect/token",
                Map.of(
                        "grant_type", "password",
                        "client_id", "admin-cli",
                        "username", "admin",
                        "password", platform.secrets().keycloakAdminPassword()));
        String token =
                ProcessList.JSON.readTree(login.body()).path("access_token").asText();
        return HTTP.send(
                HttpRequest.newBuilder(keycloak.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> form(String path, Map<String, String> fields) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(keycloak.resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
