package org.stonechat.kit.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stonechat.kit.KitPostgres;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

/// At the wire: what a service does about callers by itself.
@QuarkusTest
@QuarkusTestResource(KitPostgres.class)
class EdgeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Test
    void shouldSpeakNoHttp2ByPriorKnowledgeOrUpgrade() throws IOException {
        assertRefused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http-version-unsupported");
        String upgraded = raw(
                "GET /test/edge/a/none HTTP/1.1\r\nHost: a\r\nConnection: close\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");
        assertThat(upgraded).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/test/edge;a=b/x",
                "/test/edge%3ba/x",
                "/test/edge%3B/x",
                "/test/%2e%2e/x",
                "/test/a%2Fb",
                "/test/a%5cb",
                "/test/../x",
                "/test//edge",
                "/test/%zz",
                "/test/%00"
            })
    void shouldRefusePathsThatTwoPartiesCouldReadDifferently(String path) throws IOException {
        assertRefused("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400, "path-invalid");
    }

    @Test
    void shouldRefuseAQueryWithABrokenEscape() throws IOException {
        assertRefused(
                "GET /test/edge/a/much?x=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400, "request-invalid");
    }

    @Test
    void shouldRefuseWhatIsNoRequest() throws IOException {
        assertRefused("GET /test/edge/a HTTP/1.1\r\n\r\n", 400, "host-invalid");
        assertRefused("GET /test/edge/a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "host-invalid");
        assertRefused("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400, "path-invalid");
        assertRefused("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 405, "method-not-allowed");
        assertRefused(
                "POST /test/edge/a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                400,
                "request-malformed");
        assertRefused(
                "POST /test/edge/a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                400,
                "request-malformed");
        assertRefused("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414, "uri-too-long");
        assertRefused("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n", 431, "headers-too-large");
    }

    @Test
    void shouldAnswerWhatCameBeforeAMalformedRequestFirst() throws IOException {
        String answers = raw(
                "POST /test/edge/a HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                        + "GET /test HTTP/1.1\r\n\r\n");
        assertThat(answers).startsWith("HTTP/1.1 200").contains("{\"fields\":0}", "HTTP/1.1 400", "host-invalid");
    }

    @Test
    void shouldGiveUpHeadersThatTakeTooLong() throws IOException {
        assertRefused("GET /test/edge/a HTTP/1.1\r\nHost: a\r\nX-Slow", 408, "request-timeout");
    }

    @Test
    void shouldGiveUpABodyThatStops() throws IOException {
        assertRefused(post("/test/edge/a", "Content-Length: 10") + "{\"a\"", 408, "request-timeout");
        assertRefused(post("/test/edge/a/large", "Content-Length: 10") + "{\"a\"", 408, "request-timeout");
    }

    @Test
    void shouldGiveUpABodyThatDrips() throws IOException {
        try (Socket socket = open()) {
            socket.setSoTimeout(200);
            socket.getOutputStream()
                    .write(post("/test/edge/a/large", "Content-Length: 100000").getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            await().atMost(PATIENCE).until(() -> {
                try {
                    int read = socket.getInputStream().read();
                    if (read < 0) {
                        return true;
                    }
                    answer.append((char) read);
                } catch (SocketTimeoutException nothingYet) {
                    socket.getOutputStream().write('x');
                }
                return answer.toString().endsWith("\r\n");
            });
            assertThat(answer.toString()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void shouldRefuseABodyBeforeItComesWhenItsLengthIsTooMuch() throws IOException {
        assertRefused(post("/test/edge/a", "Content-Length: 1048577"), 413, "payload-too-large");
        given().contentType("application/json")
                .body(new byte[2_000_000])
                .post("/test/edge/a/large")
                .then()
                .statusCode(200)
                .body("bytes", equalTo(2_000_000));
    }

    @Test
    void shouldCutOffABodyThatGrowsTooLarge() throws IOException {
        String chunk = "40000\r\n" + "1".repeat(0x40000) + "\r\n";
        assertThat(raw(post("/test/edge/a", "Transfer-Encoding: chunked") + chunk.repeat(5)))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void shouldHoldNoMoreThanThereIsRoomFor() throws IOException {
        try (Socket one = open();
                Socket other = open()) {
            for (Socket socket : List.of(one, other)) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                socket.getOutputStream()
                        .write(post("/test/edge/a", "Expect: 100-continue\r\nContent-Length: 1000000")
                                .getBytes(StandardCharsets.US_ASCII));
                // Said when the body is about to be read: its room is taken by then.
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 100");
            }
            String answer = raw(post("/test/edge/a", "Content-Length: 1000000"));
            assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("\r\nretry-after: 1\r\n");
            // Large ones leave room for small ones.
            given().contentType("application/json")
                    .body("{\"text\":\"" + "x".repeat(60_000) + "\"}")
                    .post("/test/edge/a")
                    .then()
                    .statusCode(200);
            // What goes to a file does not need that room.
            given().contentType("application/json")
                    .body(new byte[500_000])
                    .post("/test/edge/a/large")
                    .then()
                    .statusCode(200);
        }
        await().atMost(PATIENCE)
                .until(() -> given().contentType("application/json")
                                .body("{\"text\":\"" + "x".repeat(900_000) + "\"}")
                                .post("/test/edge/a")
                                .statusCode()
                        == 200);
    }

    @Test
    void shouldCutOffAReaderWhoTakesNothing() throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream()
                    .write("GET /test/edge/a/much HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            // Whatever was on its way still comes; the end of it is not the end of the answer.
            await().atMost(PATIENCE).until(() -> isClosedByTheOtherSide(socket));
        }
    }

    @Test
    void shouldSayNothingInTheLogWhenACallerLeavesADownload() throws IOException {
        List<LogRecord> errors = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord said) {
                if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
                    errors.add(said);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            for (int i = 0; i < 5; i++) {
                try (Socket socket = open()) {
                    socket.getOutputStream()
                            .write("GET /test/edge/a/much HTTP/1.1\r\nHost: a\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
                    socket.setSoLinger(true, 0);
                }
            }
            // Whoever follows finds the service as it was.
            assertRefused("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400, "path-invalid");
        } finally {
            root.removeHandler(handler);
        }
        assertThat(errors.stream().map(said -> said.getLoggerName() + " " + said.getMessage()))
                .isEmpty();
    }

    /// A probe that the other side does not want is answered by a reset.
    private static boolean isClosedByTheOtherSide(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('\n');
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static String post(String path, String length) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n";
    }

    private Socket open() throws IOException {
        return new Socket(service.getHost(), service.getPort());
    }

    private void assertRefused(String request, int status, String code) throws IOException {
        assertThat(raw(request))
                .as(request.lines().findFirst().orElse(""))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json", "\"code\":\"" + code + "\"", "\"status\":" + status);
    }

    /// All that comes until the other side hangs up.
    private String raw(String request) throws IOException {
        try (Socket socket = open()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException closedMeanwhile) {
                assertThat(closedMeanwhile).hasMessageMatching("(Broken pipe|Connection reset.*)");
            }
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                }
            } catch (SocketException reset) {
                assertThat(reset).hasMessage("Connection reset");
            }
            return answer.toString();
        }
    }
}
