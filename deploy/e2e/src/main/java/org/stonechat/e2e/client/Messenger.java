package org.stonechat.e2e.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// A messenger beside the platform, connected by a channel that is signed in both directions as Standard
/// Webhooks says: it hands in what customers write, and takes what agents answer.
public final class Messenger implements AutoCloseable {

    private final Doors doors;
    private final Desk admin;
    private final UUID channel;
    private final String department;
    private final HttpServer server;
    private final InstantSource clock;
    private final Web web = new Web();
    private final List<Answered> answers = new CopyOnWriteArrayList<>();
    private final List<String> unsigned = new CopyOnWriteArrayList<>();
    private byte[] secret = new byte[0];

    private Messenger(
            Doors doors, Desk admin, UUID channel, String department, HttpServer server, InstantSource clock) {
        this.doors = doors;
        this.admin = admin;
        this.channel = channel;
        this.department = department;
        this.server = server;
        this.clock = clock;
    }

    /// An answer as it was posted here.
    ///
    /// @param webhookId the same whenever the same answer is posted again
    public record Answered(String webhookId, String conversation, String text) {}

    /// Opens the messenger, and has an admin connect it.
    ///
    /// @param channel its id at the platform; one that stands already gets a new secret
    public static Messenger connect(Doors doors, Desk admin, UUID channel, String department, InstantSource clock) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Messenger messenger = new Messenger(doors, admin, channel, department, server, clock);
            server.createContext("/answers", messenger::take);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            messenger.connect();
            return messenger;
        } catch (IOException e) {
            throw new UncheckedIOException("a messenger cannot be opened", e);
        }
    }

    private void connect() {
        String shown = put(true).required("secret").asText();
        secret = Base64.getDecoder().decode(shown.substring("whsec_".length()));
    }

    private JsonNode put(boolean active) {
        return admin.put(
                        "channels/" + channel,
                        Desk.body(
                                "name",
                                "Messenger of a story",
                                "departmentId",
                                department,
                                "outboundUrl",
                                active
                                        ? "http://127.0.0.1:"
                                                + server.getAddress().getPort() + "/answers"
                                        : null,
                                "active",
                                active,
                                "rotateSecret",
                                active ? true : null))
                .expecting(200, 201)
                .json();
    }

    /// A customer writes, and the messenger hands it in.
    ///
    /// @param message its id at the messenger; the same one again changes nothing at the platform
    /// @param subject null for the beginning of the text
    public Answer write(
            String conversation, String message, String customer, String name, @Nullable String subject, String text) {
        byte[] body = Json.write(Desk.body(
                        "conversationId",
                        conversation,
                        "messageId",
                        message,
                        "from",
                        Map.of("id", customer, "name", name),
                        "subject",
                        subject,
                        "text",
                        text))
                .getBytes(StandardCharsets.UTF_8);
        String id = "msg_" + UUID.randomUUID();
        String seconds = Long.toString(clock.instant().getEpochSecond());
        return web.send(HttpRequest.newBuilder(doors.api("channels/" + channel + "/inbound"))
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", seconds)
                .header("webhook-signature", signature(id, seconds, body))
                .POST(BodyPublishers.ofByteArray(body)));
    }

    /// What was posted here with a signature that holds, in the order in which it came, repetitions included.
    public List<Answered> answers() {
        return List.copyOf(answers);
    }

    /// What was posted here without one.
    public List<String> unsigned() {
        return List.copyOf(unsigned);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String id = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id"));
            String seconds = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-timestamp"));
            String given = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-signature"));
            if (!List.of(given.split(" ")).contains(signature(id, seconds, body))) {
                unsigned.add(id);
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            JsonNode data = Json.read(new String(body, StandardCharsets.UTF_8)).required("data");
            answers.add(new Answered(
                    id,
                    data.required("conversationId").asText(),
                    data.required("text").asText()));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private String signature(String id, String seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /// Has the channel switched off, and closes.
    @Override
    public void close() {
        try {
            put(false);
        } finally {
            server.stop(0);
        }
    }
}
