package org.stonechat.ticket.review;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.restassured.path.json.JsonPath;

import static org.stonechat.ticket.World.lena;

/// A ticket that was made of a review, and what the other services tell of it: golden examples with ids of its own.
public final class RoutedTicket implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    public final UUID review = Uuid7.next();
    final EventCollector tickets = EventCollector.on("tickets");
    private final EventSender sender = EventSender.open();
    private String id = "";
    private long sequence;

    /// Has the ticket made.
    String route(Consumer<GoldenExample> further) {
        GoldenExample routed = Contracts.example("reviews", "ReviewRouted");
        routed.data().put("reviewId", review.toString());
        further.accept(routed);
        sender.send("reviews", "ReviewRouted", review, ++sequence, routed.data(), routed.personal());
        id = tickets.await(
                        "the ticket of the review",
                        event -> "TicketCreated".equals(event.type())
                                && review.toString()
                                        .equals(event.data().path("reviewId").asText()))
                .subject()
                .toString();
        return id;
    }

    String route() {
        return route(routed -> {});
    }

    /// Has it made in a department of one's own, for none of its teams.
    public String routeTo(UUID department, Consumer<GoldenExample> further) {
        return route(routed -> {
            routed.data().put("departmentId", department.toString()).putNull("teamId");
            further.accept(routed);
        });
    }

    /// An event that was sent.
    interface Told {

        /// Sends the same event again, as a relay may after a crash.
        void again();
    }

    Told tell(String type, Consumer<ObjectNode> further) {
        GoldenExample example = Contracts.example("reviews", type);
        example.data().put("reviewId", review.toString()).put("ticketId", id);
        further.accept(example.data());
        return send("reviews", type, review, ++sequence, example.data(), example.personal());
    }

    Told replied(String message, boolean mailCopyOwed) {
        return tell("ReviewReplied", data -> data.put("messageId", message).put("mailCopyOwed", mailCopyOwed));
    }

    /// What the mail service tells of a mail of this message.
    Told mail(String type, UUID mail, long at, String message, Consumer<ObjectNode> further) {
        GoldenExample example = Contracts.example("mail", type);
        example.data().put("mailId", mail.toString()).put("ticketId", id).put("messageId", message);
        further.accept(example.data());
        return send("mail", type, mail, at, example.data(), EventJson.MAPPER.createObjectNode());
    }

    private Told send(String topic, String type, UUID subject, long at, ObjectNode data, ObjectNode personal) {
        UUID event = sender.send(topic, type, subject, at, data, personal);
        return () -> sender.send(topic, type, event, subject, at, data, personal);
    }

    /// Submits an answer as solved.
    String answer(Map<String, Object> further) {
        Map<String, Object> body =
                new java.util.HashMap<>(Map.of("kind", "PUBLIC_REPLY", "bodyText", "We are sorry.", "solve", true));
        body.putAll(further);
        return lena().body(body)
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    JsonPath message(String message) {
        return lena().get("/api/v1/tickets/{id}/messages?limit=200", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("items.find { it.id == '" + message + "' }");
    }

    JsonPath view() {
        return lena().get("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    void await(String what, java.util.concurrent.Callable<Boolean> reached) {
        Awaitility.await(what).atMost(PATIENCE).until(reached);
    }

    EventCollector.Published about(String type, String message, String to) {
        return tickets.await(
                type + " to " + to,
                event -> type.equals(event.type())
                        && message.equals(event.data().path("messageId").asText())
                        && to.equals(event.data().path("to").asText()));
    }

    @Override
    public void close() {
        sender.close();
        tickets.close();
    }
}
