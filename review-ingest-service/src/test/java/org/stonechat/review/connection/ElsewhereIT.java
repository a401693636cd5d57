package org.stonechat.review.connection;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.Listener;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/// What is stored for one host is not told to another, and nobody learns from a connection who listens where.
@QuarkusTest
@WithRealParts
class ElsewhereIT {

    private static final String NO_ANSWER =
            "Signing in: the platform could not be reached, or did not answer as it should";

    private TestDesk desk;
    private Listener elsewhere;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        elsewhere = Listener.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    }

    @AfterEach
    void close() {
        elsewhere.close();
        desk.close();
    }

    /// Paused, so that nothing is said but what the test asks for.
    private ObjectNode request() {
        return desk.connectionRequest().put("paused", true);
    }

    private ObjectNode withoutCredentials() {
        ObjectNode request = request();
        request.remove("credentials");
        return request;
    }

    private ValidatableResponse tryOut() {
        return TestDesk.post(desk.admin, desk.path("/test")).then().statusCode(200);
    }

    @Test
    @Proves("G-4")
    void shouldAskForTheCredentialsAgainBeforeTheyGoToAnotherHost() {
        desk.put(request()).then().statusCode(201);
        for (String field : new String[] {"tokenUrl", "baseUrl"}) {
            desk.put(withoutCredentials().put(field, elsewhere.url() + "/oauth/token"))
                    .then()
                    .statusCode(422)
                    .contentType("application/problem+json")
                    .body("code", equalTo("credentials-elsewhere"))
                    .body("detail", containsString(field))
                    .body("errors.pointer", containsInAnyOrder("/" + field, "/credentials"));
        }
        // Another port and another scheme are another host; no address at all is the platform's own.
        desk.put(withoutCredentials().put("baseUrl", desk.platform.baseUrl().replace("http:", "https:")))
                .then()
                .statusCode(422)
                .body("code", equalTo("credentials-elsewhere"));
        ObjectNode usual = withoutCredentials();
        usual.remove("tokenUrl");
        desk.put(usual).then().statusCode(422).body("code", equalTo("credentials-elsewhere"));

        assertThat(desk.connectionView().getString("tokenUrl")).isEqualTo(desk.platform.tokenUrl());
        assertThat(desk.connectionView().getString("baseUrl")).isEqualTo(desk.platform.baseUrl());
        tryOut().body("ok", equalTo(true));
        assertThat(elsewhere.heard()).isEmpty();
    }

    @Test
    @Proves("G-4")
    void shouldKeepTheCredentialsAtTheHostTheyWereGivenForAndTellAnotherOnlyNewOnes() {
        desk.put(request()).then().statusCode(201);
        tryOut().body("ok", equalTo(true));

        desk.put(withoutCredentials().put("tokenUrl", desk.platform.baseUrl() + "/another/path"))
                .then()
                .statusCode(200);
        ObjectNode moved = request().put("tokenUrl", elsewhere.url() + "/oauth/token");
        moved.putObject("credentials").put("clientId", "new-client").put("clientSecret", "new-secret");
        desk.put(moved).then().statusCode(200);
        tryOut().body("ok", equalTo(false));

        assertThat(elsewhere.heard())
                .isNotEmpty()
                .allSatisfy(said -> assertThat(said)
                        .contains("client_secret=new-secret")
                        .doesNotContain("sim-secret")
                        .doesNotContain("Bearer"));
    }

    @Test
    @Proves("G-4")
    void shouldFollowNoRedirectWithASecret() {
        desk.put(request()).then().statusCode(201);
        for (int status : new int[] {301, 302, 307, 308}) {
            desk.platform.answerOnce("POST", "/oauth/token", status, Map.of("Location", elsewhere.url() + "/x"));
            tryOut().body("ok", equalTo(false));
        }
        tryOut().body("ok", equalTo(true));

        desk.platform.answerOnce("GET", "/channels", 307, Map.of("Location", elsewhere.url() + "/x"));
        tryOut().body("ok", equalTo(false));
        assertThat(elsewhere.heard()).isEmpty();
    }

    @Test
    @Proves("G-4")
    void shouldSayTheSameWhoeverListensThereOrNobody() throws IOException {
        int nobody;
        try (ServerSocket once = new ServerSocket(0)) {
            nobody = once.getLocalPort();
        }
        try (Listener shell = Listener.saying("SSH-2.0-OpenSSH_9.9\r\n");
                Listener page = Listener.saying("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")) {
            for (String address : new String[] {
                "http://localhost:" + nobody,
                "http://no-such-host.invalid",
                "https://localhost:" + page.port(),
                shell.url(),
                page.url()
            }) {
                desk.put(request().put("tokenUrl", address + "/oauth/token"));
                tryOut().body("ok", equalTo(false))
                        .body("failure", equalTo("TRANSIENT"))
                        .body("reason", equalTo(NO_ANSWER));
                TestDesk.get(desk.admin, desk.path("/channels"))
                        .then()
                        .statusCode(502)
                        .body("code", equalTo("platform-unavailable"))
                        .body("detail", equalTo(NO_ANSWER));
            }
        }
    }

    @Test
    @Proves("G-5")
    void shouldNotWaitForAnAnswerWithoutEnd() {
        byte[] piece = new byte[65_536];
        Arrays.fill(piece, (byte) ' ');
        Listener.Manners silent = caller -> {};
        Listener.Manners endless = caller -> {
            caller.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            for (int pieces = 0; pieces < 2_000; pieces++) {
                caller.write(piece);
            }
        };
        Listener.Manners headers = caller -> {
            caller.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
            for (int lines = 0; lines < 2_000; lines++) {
                caller.write("X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".getBytes(StandardCharsets.UTF_8));
            }
        };
        for (Listener.Manners manners : new Listener.Manners[] {silent, endless, headers}) {
            try (Listener listener = new Listener(manners)) {
                desk.put(request().put("tokenUrl", listener.url() + "/oauth/token"));

                tryOut().body("ok", equalTo(false)).body("reason", equalTo(NO_ANSWER));
                assertThat(listener.heard()).isNotEmpty();
            }
        }
    }
}
