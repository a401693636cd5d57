package org.stonechat.review;

import java.util.UUID;

import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

/// A review's ticket as the ticket service would tell of it: golden examples, with ids of its own and in sequence.
public final class TestTicket implements AutoCloseable {

    public final UUID id = UUID.randomUUID();

    /// What is told of reviews.
    public final EventCollector reviews = EventCollector.on("reviews");

    private final UUID review;
    private final EventSender sender = EventSender.open();
    private long sequence;

    public TestTicket(UUID review) {
        this.review = review;
    }

    /// An example that is about this ticket, to be told.
    public GoldenExample example(String type, String... variant) {
        GoldenExample example = variant.length == 0
                ? Contracts.example("tickets", type)
                : Contracts.example("tickets", type, variant[0]);
        example.data().put("ticketId", id.toString()).put("reviewId", review.toString());
        return example;
    }

    /// A message on it, to be told.
    public GoldenExample message(String variant, String text) {
        GoldenExample message = example("MessageAdded", variant);
        message.data().put("messageId", UUID.randomUUID().toString());
        message.personal().put("bodyText", text);
        return message;
    }

    /// Tells the next event of the ticket.
    public void tell(GoldenExample event) {
        sequence++;
        again(event);
    }

    /// Tells the last event again, as a relay may after a crash.
    public void again(GoldenExample event) {
        sender.send("tickets", event.type(), id, sequence, event.data(), event.personal());
    }

    /// It was made, in the department and for the team of the desk.
    public GoldenExample created(TestDesk desk) {
        GoldenExample created = example("TicketCreated", "review");
        created.data().put("departmentId", desk.department.toString()).put("teamId", desk.team.toString());
        tell(created);
        return created;
    }

    /// It is not made after all, as the department takes none.
    public void refused() {
        GoldenExample refused = Contracts.example("tickets", "ReviewTicketRefused");
        refused.data().put("reviewId", review.toString());
        sender.send("tickets", "ReviewTicketRefused", review, 1, refused.data(), refused.personal());
    }

    /// Waits until it is told what became of a message.
    public EventCollector.Published outcome(String type, UUID message) {
        return reviews.await(
                type + " of " + message,
                event -> event.type().equals(type)
                        && event.data().path("messageId").asText().equals(message.toString()));
    }

    public static UUID idOf(GoldenExample message) {
        return UUID.fromString(message.data().path("messageId").asText());
    }

    @Override
    public void close() {
        sender.close();
        reviews.close();
    }
}
