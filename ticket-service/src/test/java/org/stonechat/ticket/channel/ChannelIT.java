package org.stonechat.ticket.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.secret.WebhookSignature;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.max;

@QuarkusTest
@WithRealParts
class ChannelIT {

    @TestHTTPResource
    URI service;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Inject
    DataSource dataSource;

    private final UUID channel = UUID.randomUUID();
    private final String some = UUID.randomUUID().toString().substring(0, 8);
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
    private HttpServer messenger;
    private byte[] secret;

    record Call(Map<String, List<String>> headers, byte[] body) {

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow()
                    .getValue()
                    .getFirst();
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        World.setUp();
        messenger = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        messenger.createContext("/", exchange -> {
            calls.add(new Call(
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes()));
            Integer answer = answers.poll();
            exchange.getResponseHeaders().add("Location", "http://localhost:1/elsewhere");
            exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
            exchange.close();
        });
        messenger.start();
        secret = connect(true);
    }

    @AfterEach
    void stop() {
        messenger.stop(0);
    }

    private String url() {
        return "http://localhost:" + messenger.getAddress().getPort() + "/answers";
    }

    private byte[] connect(boolean rotate) {
        String shown = ada().body(Map.of(
                        "name",
                        "Shop messenger",
                        "departmentId",
                        NORTHWIND,
                        "outboundUrl",
                        url(),
                        "rotateSecret",
                        rotate))
                .put("/api/v1/channels/{id}", channel)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201))
                .body("secret", startsWith("whsec_"))
                .extract()
                .path("secret");
        return Base64.getDecoder().decode(shown.substring("whsec_".length()));
    }

    private static Map<String, Object> message(String conversation, String id, String sender, String text) {
        return Map.of(
                "conversationId",
                conversation,
                "messageId",
                id,
                "from",
                Map.of("id", sender, "name", "Zoë 🦊"),
                "text",
                text);
    }

    private ValidatableResponse send(Map<String, Object> message) {
        return send(
                EventJson.write(message).getBytes(StandardCharsets.UTF_8),
                Instant.now().getEpochSecond(),
                secret);
    }

    private ValidatableResponse send(byte[] body, long timestamp, byte[] key) {
        String id = "msg_" + UUID.randomUUID();
        return RestAssured.given()
                .contentType("application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", "v1,AAAA " + WebhookSignature.sign(key, id, timestamp, body))
                .body(body)
                .post("/api/v1/channels/{id}/inbound", channel)
                .then();
    }

    private String open(String conversation) {
        return send(message(conversation, "first-" + conversation, "zoe-" + some, "Is it waterproof?\nI hope so."))
                .statusCode(201)
                .body("existed", equalTo(false))
                .extract()
                .path("ticketId");
    }

    @Test
    @Proves("T-2")
    void shouldOpenATicketOfAMessageAndGoOnInIt() {
        String conversation = "chat-" + some;
        String ticket = open(conversation);

        alice().get("/api/v1/tickets/{id}", ticket)
                .then()
                .statusCode(200)
                .body("channel", equalTo("MESSAGE"))
                .body("subject", equalTo("Is it waterproof? I hope so."))
                .body("requester.name", equalTo("Zoë 🦊"))
                .body("waitingSince", notNullValue());
        send(message(conversation, "second-" + some, "zoe-" + some, "And the lamp?"))
                .statusCode(201)
                .body("ticketId", equalTo(ticket));
        send(message(conversation, "second-" + some, "zoe-" + some, "And the lamp?"))
                .statusCode(200)
                .body("existed", equalTo(true))
                .body("ticketId", equalTo(ticket));
        alice().get("/api/v1/tickets/{id}/messages", ticket).then().body("items", hasSize(2));
        alice().get("/api/v1/tickets/{id}/history", ticket).then().body("items[0].actor.kind", equalTo("CUSTOMER"));

        String contact =
                alice().get("/api/v1/tickets/{id}", ticket).then().extract().path("requester.id");
        String other = open("another-" + conversation);
        assertThat(other).isNotEqualTo(ticket);
        alice().get("/api/v1/tickets/{id}", other).then().body("requester.id", equalTo(contact));
    }

    /// As the release before sealed it, with a key of its own derivation and no word about which.
    @Test
    @Proves("T-2")
    void shouldGoOnReadingSecretsThatWereSealedBeforeValuesSaidWithWhichKey() throws Exception {
        SecretKey key = KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        "AES",
                        HKDFParameterSpec.ofExtract()
                                .addIKM("a-secret-that-only-the-tests-know-0123456789".getBytes(StandardCharsets.UTF_8))
                                .thenExpand("stonechat channel secrets".getBytes(StandardCharsets.UTF_8), 32));
        byte[] nonce = "nonce-of-12b".getBytes(StandardCharsets.UTF_8);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(channel.toString().getBytes(StandardCharsets.UTF_8));
        byte[] sealed = cipher.doFinal(secret);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement("update channel set secret = ? where id = ?")) {
            update.setBytes(
                    1,
                    ByteBuffer.allocate(1 + nonce.length + sealed.length)
                            .put((byte) 1)
                            .put(nonce)
                            .put(sealed)
                            .array());
            update.setObject(2, channel);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }

        open("old-" + some);
    }

    @Test
    @Proves("T-2")
    void shouldTakeMessagesWhoseIdsAreTheirConversationsOwn() {
        String ticket = send(message("one-" + some, "1", "zoe-" + some, "Zoë's"))
                .extract()
                .path("ticketId");
        String other = send(message("other-" + some, "1", "yves-" + some, "Yves'"))
                .statusCode(201)
                .body("existed", equalTo(false))
                .body("ticketId", not(equalTo(ticket)))
                .extract()
                .path("ticketId");

        alice().get("/api/v1/tickets/{id}/messages", other).then().body("items.bodyText", equalTo(List.of("Yves'")));
        for (Map.Entry<String, String> again :
                Map.of("one-" + some, ticket, "other-" + some, other).entrySet()) {
            send(message(again.getKey(), "1", "zoe-" + some, "Once more"))
                    .statusCode(200)
                    .body("existed", equalTo(true))
                    .body("ticketId", equalTo(again.getValue()));
        }
        alice().get("/api/v1/tickets/{id}/messages", ticket).then().body("items", hasSize(1));
        alice().get("/api/v1/tickets/{id}/messages", other).then().body("items", hasSize(1));
    }

    @Test
    @Proves("T-2")
    void shouldTakeAMessageInOnceHoweverOftenItIsSentAtOnce() throws Exception {
        Map<String, Object> message = message("race-" + some, "one", "zoe-" + some, "Hello?");
        List<String> tickets = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> sent = new ArrayList<>();
            for (int time = 0; time < 6; time++) {
                sent.add(pool.submit(() -> send(message)
                        .statusCode(org.hamcrest.Matchers.oneOf(200, 201))
                        .extract()
                        .path("ticketId")));
            }
            for (Future<String> one : sent) {
                tickets.add(one.get());
            }
        }
        assertThat(tickets).containsOnly(tickets.getFirst());
        alice().get("/api/v1/tickets/{id}/messages", tickets.getFirst()).then().body("items", hasSize(1));
    }

    /// Nothing of the body is ever sent: whoever gets an answer was refused by what the headers tell.
    @Test
    @Proves("G-5")
    void shouldRefuseByTheHeadersBeforeABodyIsRead() throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("POST %s HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\n"
                                    + "webhook-id: msg_1\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,AAAA\r\n"
                                    + "Content-Length: %d\r\n\r\n")
                            .formatted("/api/v1/channels/" + channel + "/inbound", 9_000_000)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    @Proves("T-2")
    void shouldTakeNothingThatIsNotSignedJustNowByWhoHoldsTheSecret() {
        byte[] body = EventJson.write(message("x", "y", "z", "Hello")).getBytes(StandardCharsets.UTF_8);
        long now = Instant.now().getEpochSecond();

        send(body, now, "another secret".getBytes(StandardCharsets.UTF_8))
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("signature-invalid"));
        send(body, now - 301, secret).statusCode(401);
        // From now on, however long the others took; that is the time by which a clock may be ahead, and a little.
        send(body, Instant.now().getEpochSecond() + 330, secret).statusCode(401);
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/api/v1/channels/{id}/inbound", channel)
                .then()
                .statusCode(401);
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/api/v1/channels/{id}/inbound", UUID.randomUUID())
                .then()
                .statusCode(401);
        byte[] old = secret;
        secret = connect(true);
        send(body, now, old).statusCode(401);
        send("{\"conversationId\":\"x\"}".getBytes(StandardCharsets.UTF_8), now, secret)
                .statusCode(400)
                .body("code", equalTo("request-invalid"));
        send("not json".getBytes(StandardCharsets.UTF_8), now, secret).statusCode(400);
        send("null".getBytes(StandardCharsets.UTF_8), now, secret).statusCode(400);
    }

    @Test
    @Proves({"T-2", "T-8"})
    void shouldPostTheAgentsAnswerToTheChannelSignedAndShowThatItWasSent() {
        String ticket = open("answer-" + some);
        answers.add(503);

        String reply = alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "It is. ☔", "solve", false))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("deliverVia", equalTo("CHANNEL"))
                .extract()
                .path("id");

        awaitDelivery(ticket, reply, "SENT");
        assertThat(calls).hasSize(2);
        Call call = calls.getLast();
        assertThat(call.header("webhook-id"))
                .isEqualTo(reply)
                .isEqualTo(calls.getFirst().header("webhook-id"));
        assertThat(holds(secret, call)).isTrue();
        JsonNode sent = EventJson.read(new String(call.body(), StandardCharsets.UTF_8));
        assertThat(sent.path("type").asText()).isEqualTo("message.created");
        assertThat(sent.at("/data/conversationId").asText()).isEqualTo("answer-" + some);
        assertThat(sent.at("/data/text").asText()).isEqualTo("It is. ☔");
        assertThat(sent.at("/data/ticketId").asText()).isEqualTo(ticket);
    }

    @Test
    @Proves("T-8")
    void shouldShowWhyAnAnswerCouldNotBeSentAndFollowNoRedirect() {
        String ticket = open("refused-" + some);
        answers.add(302);
        String reply = alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "x", "solve", false))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        awaitDelivery(ticket, reply, "FAILED");
        alice().get("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .body("items.find { it.id == '" + reply + "' }.deliveryReason", equalTo("ANSWERED_302"));
        alice().post("/api/v1/tickets/{id}/messages/{message}/retry", ticket, reply)
                .then()
                .statusCode(200);
        awaitDelivery(ticket, reply, "SENT");
        assertThat(calls).hasSize(2);
    }

    @Test
    @Proves({"T-8", "G-4"})
    void shouldAskWhatBecomesOfTheSecretBeforeAnotherHostGetsAnswers() throws IOException {
        String ticket = open("moved-" + some);
        List<Call> elsewhere = new CopyOnWriteArrayList<>();
        HttpServer another = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        another.createContext("/", exchange -> {
            elsewhere.add(new Call(
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        another.start();
        try {
            String moved = "http://localhost:" + another.getAddress().getPort() + "/answers";
            Map<String, Object> silently =
                    Map.of("name", "Shop messenger", "departmentId", NORTHWIND, "outboundUrl", moved);
            ada().body(silently)
                    .put("/api/v1/channels/{id}", channel)
                    .then()
                    .statusCode(422)
                    .contentType("application/problem+json")
                    .body("code", equalTo("channel-host-changed"))
                    .body("errors.pointer", equalTo(List.of("/rotateSecret")));
            lena().get("/api/v1/channels/{id}", channel).then().body("outboundUrl", equalTo(url()));

            // Another path of the same host is no other host, and nobody is asked.
            ada().body(Map.of("name", "Shop messenger", "departmentId", NORTHWIND, "outboundUrl", url() + "/v2"))
                    .put("/api/v1/channels/{id}", channel)
                    .then()
                    .statusCode(200)
                    .body("secret", nullValue());
            byte[] old = secret;
            Map<String, Object> openly = new java.util.LinkedHashMap<>(silently);
            openly.put("rotateSecret", true);
            String shown = ada().body(openly)
                    .put("/api/v1/channels/{id}", channel)
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("secret");
            secret = Base64.getDecoder().decode(shown.substring("whsec_".length()));
            String reply = alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "It is.", "solve", false))
                    .post("/api/v1/tickets/{id}/messages", ticket)
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            awaitDelivery(ticket, reply, "SENT");

            assertThat(calls).isEmpty();
            assertThat(elsewhere).hasSize(1);
            assertThat(holds(secret, elsewhere.getFirst())).isTrue();
            assertThat(holds(old, elsewhere.getFirst())).isFalse();
            // The host before knows the old secret only: it speaks for nobody any more.
            send(
                            EventJson.write(message("moved-" + some, "late", "zoe-" + some, "Hi"))
                                    .getBytes(StandardCharsets.UTF_8),
                            Instant.now().getEpochSecond(),
                            old)
                    .statusCode(401);
            openly.put("outboundUrl", url());
            openly.put("rotateSecret", false);
            ada().body(openly)
                    .put("/api/v1/channels/{id}", channel)
                    .then()
                    .statusCode(200)
                    .body("outboundUrl", equalTo(url()))
                    .body("secret", nullValue());
        } finally {
            another.stop(0);
        }
    }

    private static boolean holds(byte[] key, Call call) {
        return new WebhookSignature(
                        call.header("webhook-id"), call.header("webhook-timestamp"), call.header("webhook-signature"))
                .holds(key, call.body(), Instant.now());
    }

    private static void awaitDelivery(String ticket, String message, String delivery) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> alice().get("/api/v1/tickets/{id}/messages", ticket)
                        .then()
                        .body("items.find { it.id == '" + message + "' }.delivery", equalTo(delivery)));
    }

    @Test
    @Proves("T-2")
    void shouldKeepFilesOfMessages() {
        Map<String, Object> message = new java.util.LinkedHashMap<>(message("file-" + some, "f", "zoe-" + some, "See"));
        message.put(
                "attachments",
                List.of(Map.of(
                        "name",
                        "../../plan.txt",
                        "content",
                        Base64.getEncoder().encodeToString("a plan".getBytes(StandardCharsets.UTF_8)))));
        String ticket = send(message).statusCode(201).extract().path("ticketId");

        String file = alice().get("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .body("items.name", equalTo(List.of("plan.txt")))
                .extract()
                .path("items[0].id");
        alice().get("/api/v1/tickets/{id}/attachments/{file}", ticket, file)
                .then()
                .statusCode(200)
                .body(equalTo("a plan"));
    }

    @Test
    @Proves("T-3")
    void shouldOpenAFollowUpWhenTheTicketIsClosedForGood() {
        String ticket = open("closed-" + some);
        alice().body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", ticket)
                .then()
                .statusCode(200);

        String follow = send(message("closed-" + some, "late", "zoe-" + some, "One more thing"))
                .statusCode(201)
                .body("ticketId", not(equalTo(ticket)))
                .extract()
                .path("ticketId");

        alice().get("/api/v1/tickets/{id}", follow).then().body("followUpOf", equalTo(ticket));
        send(message("closed-" + some, "later", "zoe-" + some, "And another"))
                .statusCode(201)
                .body("ticketId", equalTo(follow));
    }

    @Test
    @Proves("G-4")
    void shouldLetAdminsConnectAndLeadsLookAndNobodySeeTheSecretAgain() {
        alice().body(Map.of("name", "x", "departmentId", NORTHWIND))
                .put("/api/v1/channels/{id}", channel)
                .then()
                .statusCode(403);
        alice().get("/api/v1/channels/{id}", channel).then().statusCode(403);
        max().get("/api/v1/channels/{id}", channel).then().statusCode(404);
        lena().get("/api/v1/channels/{id}", channel)
                .then()
                .statusCode(200)
                .body("name", equalTo("Shop messenger"))
                .body("secret", nullValue());
        lena().get("/api/v1/channels?limit=200")
                .then()
                .body("items.id", org.hamcrest.Matchers.hasItem(channel.toString()));
        for (String bad : List.of("ftp://x.example/", "http://user@x.example/", "nonsense!!", "http:///nohost")) {
            ada().body(Map.of("name", "x", "departmentId", NORTHWIND, "outboundUrl", bad))
                    .put("/api/v1/channels/{id}", channel)
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", org.hamcrest.Matchers.hasItem("/outboundUrl"));
        }
        ada().body(Map.of("name", "off", "departmentId", NORTHWIND, "active", false))
                .put("/api/v1/channels/{id}", channel)
                .then()
                .statusCode(200)
                .body("secret", nullValue());
        send(message("off", "off", "off", "off")).statusCode(409).body("code", equalTo("channel-inactive"));
        // Whoever holds no secret does not learn that there is a channel.
        send(
                        EventJson.write(message("off", "off", "off", "off")).getBytes(StandardCharsets.UTF_8),
                        Instant.now().getEpochSecond(),
                        "another secret".getBytes(StandardCharsets.UTF_8))
                .statusCode(401);
    }
}
