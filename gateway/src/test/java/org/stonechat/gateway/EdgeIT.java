package org.stonechat.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// At the wire: what the gateway does about callers who do not speak as they should, or not in time.
@QuarkusTest
@QuarkusTestResource(FakeServices.class)
class EdgeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROXY = "127.0.0.9";
    private static final String ANYBODY = "127.0.0.1";

    @TestHTTPResource
    URI gateway;

    @Test
    @Proves("G-2")
    void shouldSpeakNoHttp2ByPriorKnowledgeOrUpgrade() throws IOException {
        assertRefused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http-version-unsupported");
        String upgraded = raw(get("/api/v1/tickets", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA")
                .replace("Connection: close", "Connection: close\r\nConnection: Upgrade, HTTP2-Settings"));
        assertThat(upgraded).startsWith("HTTP/1.1 200").doesNotContain("101 Switching");
    }

    @Test
    @Proves("G-5")
    void shouldRefuseWhatIsNoRequest() throws IOException {
        String url = "/api/v1/tickets";
        assertRefused("GET " + url + " HTTP/1.1\r\n\r\n", 400, "host-invalid");
        assertRefused("GET " + url + " HTTP/1.1\r\nHost: gateway\r\nHost: desk.example\r\n\r\n", 400, "host-invalid");
        assertRefused("GET " + url + " HTTP/1.1\r\nHost: a/b@c\r\n\r\n", 400, "host-invalid");
        assertRefused(
                "GET " + url + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400, "host-invalid");
        assertRefused("GET /docs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400, "host-invalid");
        assertRefused("GET * HTTP/1.1\r\nHost: gateway\r\n\r\n", 400, "path-invalid");
        assertRefused("GET http://gateway" + url + " HTTP/1.1\r\nHost: gateway\r\n\r\n", 400, "path-invalid");
        assertRefused("CONNECT gateway:443 HTTP/1.1\r\nHost: gateway\r\n\r\n", 405, "method-not-allowed");
        assertRefused(
                "TRACE " + url + " HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n", 405, "method-not-allowed");
        assertRefused(
                "GET " + url + "/%zz HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n", 400, "path-invalid");
        assertRefused(
                post(url, "Content-Length: 2", "Transfer-Encoding: chunked") + "2\r\n{}\r\n0\r\n\r\n",
                400,
                "request-malformed");
        assertRefused(post(url, "Content-Length: 2", "Content-Length: 3") + "{} ", 400, "request-malformed");
        assertRefused(post(url, "Content-Length: 2, 2") + "{}", 400, "request-malformed");
        assertRefused(post(url, "Content-Length: -2") + "{}", 400, "request-malformed");
        assertRefused(post(url, "Transfer-Encoding: chunked") + "what\r\n{}\r\n0\r\n\r\n", 400, "request-malformed");
        assertRefused("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: gateway\r\n\r\n", 414, "uri-too-long");
        assertRefused(get(url, "X-Long: " + "x".repeat(20_000)), 431, "headers-too-large");
    }

    @Test
    void shouldTellItsHealthWhateverItsNameIs() throws IOException {
        assertThat(raw("GET /q/health/ready HTTP/1.1\r\nHost: 10.1.2.3:8080\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    @Proves("G-2")
    void shouldBelieveForwardedAddressesFromNamedProxiesAlone() throws IOException {
        String[] said = {
            "X-Forwarded-For: 6.6.6.6, 198.51.100.7, 10.2.3.4",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: desk.example",
            "Forwarded: for=6.6.6.6;host=evil.example;proto=http"
        };
        assertThat(rawFrom(ANYBODY, get("/api/v1/tickets", said)))
                .contains(
                        "\"x-forwarded-for\":\"127.0.0.1\"",
                        "\"x-forwarded-proto\":\"http\"",
                        "\"x-forwarded-host\":\"gateway\"")
                .doesNotContain("\"forwarded\"", "6.6.6.6", "198.51.100.7", "Strict-Transport-Security");
        assertThat(rawFrom(PROXY, get("/api/v1/tickets", said)))
                .contains(
                        "\"x-forwarded-for\":\"198.51.100.7\"",
                        "\"x-forwarded-proto\":\"https\"",
                        "\"x-forwarded-host\":\"desk.example\"")
                .doesNotContain("\"forwarded\"", "6.6.6.6")
                .containsIgnoringCase("\r\nstrict-transport-security: ");
        assertThat(rawFrom(PROXY, get("/api/v1/tickets", "X-Forwarded-For: [2001:db8::1]:4711")))
                .contains("\"x-forwarded-for\":\"2001:db8:0:0:0:0:0:1\"");
        assertThat(rawFrom(PROXY, get("/api/v1/tickets", "X-Forwarded-For: 6.6.6.6, unknown")))
                .contains("\"x-forwarded-for\":\"" + PROXY + "\"");
    }

    @Test
    @Proves("G-2")
    void shouldTakeNeitherHostNorOriginFromWhomItDoesNotTrust() throws IOException {
        String evil = "Origin: http://evil.example";
        assertThat(rawFrom(
                        ANYBODY,
                        get("/api/v1/tickets", evil, "Forwarded: host=evil.example", "X-Forwarded-Host: evil.example")))
                .startsWith("HTTP/1.1 403")
                .contains("\"code\":\"origin-not-allowed\"");
        // A proxy that passes on what it got says a host that nobody knows.
        assertThat(rawFrom(PROXY, get("/api/v1/tickets", evil, "X-Forwarded-Host: evil.example")))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"host-invalid\"");
        assertThat(rawFrom(PROXY, get("/api/v1/tickets", "Origin: http://localhost:8080", "X-Forwarded-Proto: https")))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    @Proves("G-5")
    void shouldCountCallersByWhomANamedProxySaw() throws IOException {
        String modest = "X-Forwarded-For: 203.0.113.1";
        boolean refused = false;
        for (int i = 0; i < 400 && !refused; i++) {
            // Whatever a caller says before what the proxy adds makes nobody else of it.
            String greedy = "X-Forwarded-For: 192.0.2." + i % 250 + ", 203.0.113.99";
            refused = rawFrom(PROXY, anonymous(greedy)).startsWith("HTTP/1.1 429");
        }
        assertThat(refused).as("one of 400 requests in a row is refused").isTrue();
        assertThat(rawFrom(PROXY, anonymous(modest))).startsWith("HTTP/1.1 200");
        boolean rotating = false;
        for (int i = 0; i < 400 && !rotating; i++) {
            rotating = rawFrom("127.0.0.8", anonymous("Forwarded: for=192.0.2." + i % 250))
                    .startsWith("HTTP/1.1 429");
        }
        assertThat(rotating).as("nobody escapes by a header of his own").isTrue();
    }

    @Test
    @Proves("G-5")
    void shouldGiveUpWhoeverTakesTooLongToSend() throws IOException {
        assertRefused("GET /api/v1/tickets HTTP/1.1\r\nHost: gateway\r\nX-Slow", 408, "request-timeout");
        assertRefused(post("/api/v1/tickets", "Content-Length: 100") + "{", 408, "request-timeout");
        assertRefused(post("/api/v1/tickets", "Content-Length: 900000") + "{", 408, "request-timeout");
        assertRefused(post("/api/v1/tickets", "Transfer-Encoding: chunked") + "1\r\n{\r\n", 408, "request-timeout");
    }

    @Test
    @Proves("G-5")
    void shouldPassOnARefusalBeforeTheBodyIsHere() throws IOException {
        assertThat(raw(post("/api/v1/tickets/early", "Content-Length: 900000") + "x".repeat(5000)))
                .startsWith("HTTP/1.1 401")
                .contains("signature-invalid");
    }

    @Test
    @Proves("G-5")
    void shouldLimitBodiesByWhatTheirPathNeeds() throws IOException {
        String id = UUID.randomUUID().toString();
        assertRefused(post("/api/v1/tickets", "Content-Length: 1048577"), 413, "payload-too-large");
        assertRefused(
                post("/api/v1/review-connections/" + id + "/webhook", "Content-Length: 262145"),
                413,
                "payload-too-large");
        assertRefused(post("/api/v1/portal/tickets", "Content-Length: 524289"), 413, "payload-too-large");
        assertRefused(post("/rate/token", "Content-Length: 131073"), 413, "payload-too-large");
        assertRefused(
                post("/api/v1/channels/" + id + "/inbound", "Content-Length: 10485761"), 413, "payload-too-large");
        given().auth()
                .oauth2(token("uploader"))
                .body(new byte[3_000_000])
                .post("/api/v1/tickets/{id}/attachments", id)
                .then()
                .statusCode(200);
    }

    @Test
    @Proves("G-5")
    void shouldHoldNoMoreThanThereIsRoomForAtOnce() throws IOException {
        List<Socket> uploads = new ArrayList<>();
        try {
            // Each takes 128 KB of 600.
            for (int i = 0; i < 4; i++) {
                uploads.add(open(ANYBODY));
                write(uploads.getLast(), post("/api/v1/tickets/silent", "Content-Length: 500000") + "x".repeat(2000));
            }
            await().atMost(PATIENCE).until(() -> bytesInFlight() >= 4 * 131_072);
            String answer = raw(post("/api/v1/tickets", "Content-Length: 500000"));
            assertThat(answer)
                    .startsWith("HTTP/1.1 503")
                    .contains("\"code\":\"overloaded\"")
                    .containsIgnoringCase("\r\nretry-after: 1\r\n");
            given().auth().oauth2(token("reader")).get("/api/v1/tickets").then().statusCode(200);
        } finally {
            for (Socket upload : uploads) {
                upload.close();
            }
        }
        await().atMost(PATIENCE)
                .until(() -> given().auth()
                                .oauth2(token("late-" + UUID.randomUUID()))
                                .body(new byte[500_000])
                                .post("/api/v1/tickets")
                                .statusCode()
                        == 200);
    }

    @Test
    @Proves("G-5")
    void shouldLetNobodyTakeTheRoomOfOthers() throws IOException {
        String announced = "POST /rate/abc HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n"
                + "Content-Length: 131072\r\n\r\nx";
        List<Socket> uploads = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                uploads.add(open("127.0.0.7"));
                write(uploads.getLast(), announced);
            }
            await().atMost(PATIENCE).until(() -> bytesInFlight() >= 2 * 131_072);
            assertThat(rawFrom("127.0.0.7", announced))
                    .startsWith("HTTP/1.1 503")
                    .contains("\"code\":\"overloaded\"");
            given().auth()
                    .oauth2(token("bystander"))
                    .body(new byte[100_000])
                    .post("/api/v1/tickets")
                    .then()
                    .statusCode(200);
        } finally {
            for (Socket upload : uploads) {
                upload.close();
            }
        }
    }

    @Test
    @Proves("G-5")
    void shouldCutOffAReaderWhoTakesNothing() throws IOException {
        try (Socket socket = open(ANYBODY)) {
            write(socket, get("/api/v1/ratings/flood"));
            await().atMost(PATIENCE).until(() -> openAtTheRatingService() == 1);
            await().atMost(PATIENCE).until(() -> openAtTheRatingService() == 0);
        }
    }

    @Test
    @Proves("G-2")
    void shouldCountLiveStreamsApartFromOrdinaryCalls() throws IOException {
        String stream = get("/api/v1/webhooks/endless", "Accept: text/event-stream");
        List<Socket> watching = new ArrayList<>();
        try {
            // Two for the one replica that answers; the other declines each of them.
            await().atMost(PATIENCE).until(() -> {
                watching.add(open(ANYBODY));
                write(watching.getLast(), stream);
                return firstLine(watching.getLast()).startsWith("HTTP/1.1 503");
            });
            assertThat(watching).hasSizeGreaterThan(2);
            given().auth()
                    .oauth2(token("ordinary"))
                    .get("/api/v1/webhooks")
                    .then()
                    .statusCode(200);
        } finally {
            for (Socket socket : watching) {
                socket.close();
            }
        }
    }

    @Test
    @Proves("G-7")
    void shouldLogAndCountRefusalsWithoutTokensAndQueries() throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord said) {
                lines.add(said instanceof ExtLogRecord extended ? extended.getFormattedMessage() : said.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Refusals.class.getName());
        logger.addHandler(handler);
        double before = refusals("unauthenticated");
        try {
            given().auth()
                    .oauth2("stolen-token")
                    .get("/api/v1/tickets/4711?q=private")
                    .then()
                    .statusCode(401);
            assertRefused("GET * HTTP/1.1\r\nHost: gateway\r\n\r\n", 400, "path-invalid");
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(lines)
                .anyMatch(
                        line -> line.matches("refused code=unauthenticated status=401 method=GET route=/api/v1/tickets"
                                + " address=127\\.0\\.0\\.1 correlationId=[0-9a-f-]{36}"))
                .anyMatch(line ->
                        line.startsWith("refused code=path-invalid status=400 method=- route=- address=127.0.0.1"))
                .noneMatch(line -> line.contains("stolen") || line.contains("private") || line.contains("4711"));
        assertThat(refusals("unauthenticated")).isGreaterThan(before);
    }

    private static double refusals(String code) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line ->
                        line.startsWith("stonechat_gateway_refusals_total{") && line.contains("\"" + code + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static double bytesInFlight() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("stonechat_gateway_bytes_in_flight"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private int openAtTheRatingService() {
        return given().auth()
                .oauth2(token("counter-" + UUID.randomUUID()))
                .get("/api/v1/ratings/open-streams")
                .jsonPath()
                .getInt("open");
    }

    private static String token(String person) {
        return Jwt.subject(person)
                .upn(person)
                .audience("stonechat")
                .claim("roles", List.of("agent"))
                .expiresIn(Duration.ofMinutes(5))
                .sign();
    }

    private static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nAuthorization: Bearer "
                + token("edge-" + UUID.randomUUID()) + "\r\n" + lines(headers) + "\r\n";
    }

    private static String post(String path, String... headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + token("edge-" + UUID.randomUUID()) + "\r\n" + lines(headers) + "\r\n";
    }

    /// Counted by address, since it has no token.
    private static String anonymous(String header) {
        return "GET /rate/abc HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n" + header + "\r\n\r\n";
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    private void assertRefused(String request, int status, String code) throws IOException {
        assertThat(raw(request))
                .as(request.lines().findFirst().orElse(""))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json", "\"code\":\"" + code + "\"", "\"status\":" + status);
    }

    private String raw(String request) throws IOException {
        return rawFrom(ANYBODY, request);
    }

    /// All that comes until the other side hangs up.
    private String rawFrom(String address, String request) throws IOException {
        try (Socket socket = open(address)) {
            write(socket, request);
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

    private Socket open(String from) throws IOException {
        Socket socket = new Socket(InetAddress.getByName(ANYBODY), gateway.getPort(), InetAddress.getByName(from), 0);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void write(Socket socket, String request) throws IOException {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        } catch (SocketException closedMeanwhile) {
            assertThat(closedMeanwhile).hasMessageMatching("(Broken pipe|Connection reset.*)");
        }
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int read = in.read(); read >= 0 && read != '\r'; read = in.read()) {
            line.append((char) read);
        }
        return line.toString();
    }
}
