package org.stonechat.review.tickets;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.review.intake.Ledger;
import org.stonechat.review.reply.Replies;
import org.stonechat.review.review.Review;
import org.stonechat.review.review.Reviews;

/// Follows the tickets that were made of reviews: closes the ledger, moves with them, and has their answers
/// published.
@ApplicationScoped
class TicketEvents implements EventConsumer {

    private static final String REVIEW = "REVIEW";
    private static final Set<String> KNOWN = Set.of(
            "TicketCreated",
            "TicketAssigned",
            "TicketReferred",
            "MessageAdded",
            "MessageDeliveryChanged",
            "ReviewTicketRefused");

    private final Reviews reviews;
    private final Ledger ledger;
    private final Replies replies;

    TicketEvents(Reviews reviews, Ledger ledger, Replies replies) {
        this.reviews = reviews;
        this.ledger = ledger;
        this.replies = replies;
    }

    /// The standing facts that matter here.
    record Ticket(
            UUID ticketId,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            UUID reviewId) {}

    record Message(UUID messageId, Instant at, boolean mailCopy) {}

    record Delivery(UUID messageId) {}

    record MessageText(@Nullable String bodyText) {}

    record Refusal(UUID reviewId, String reason) {}

    @Override
    public String topic() {
        return "tickets";
    }

    @Override
    public boolean knows(String type) {
        return KNOWN.contains(type);
    }

    /// Most tickets come from no review. The handlers rely on what is asked here.
    @Override
    public boolean concerns(ReceivedEvent event) {
        return switch (event.type()) {
            case "TicketCreated", "TicketAssigned", "TicketReferred" ->
                event.data().hasNonNull("reviewId");
            case "MessageAdded" -> viaReview(event) && event.data().hasNonNull("reviewId");
            // Somebody has asked for another attempt; everything else was said here.
            case "MessageDeliveryChanged" ->
                viaReview(event)
                        && event.data().path("from").asText().equals("FAILED")
                        && event.data().path("to").asText().equals("QUEUED");
            default -> true;
        };
    }

    private static boolean viaReview(ReceivedEvent event) {
        return event.data().path("deliverVia").asText().equals(REVIEW);
    }

    @Override
    public void handle(ReceivedEvent event) {
        switch (event.type()) {
            case "TicketCreated" -> created(event.dataAs(Ticket.class));
            case "TicketAssigned", "TicketReferred" -> moved(event.dataAs(Ticket.class));
            case "MessageAdded" -> messageAdded(event);
            case "MessageDeliveryChanged" ->
                replies.again(event.dataAs(Delivery.class).messageId());
            case "ReviewTicketRefused" -> {
                Refusal refusal = event.dataAs(Refusal.class);
                ledger.refused(refusal.reviewId(), refusal.reason());
            }
            default -> {}
        }
    }

    private void created(Ticket ticket) {
        Review review = reviews.lock(ticket.reviewId());
        if (review != null) {
            review.ticketed(ticket.ticketId(), ticket.departmentId(), ticket.teamId(), ticket.assigneeId());
            ledger.ticketed(review.id(), ticket.ticketId());
        }
    }

    private void moved(Ticket ticket) {
        reviews.lockOfTicket(ticket.ticketId())
                .forEach(review -> review.place(ticket.departmentId(), ticket.teamId(), ticket.assigneeId()));
    }

    private void messageAdded(ReceivedEvent event) {
        Message message = event.dataAs(Message.class);
        Ticket ticket = event.dataAs(Ticket.class);
        String text = event.personalAs(MessageText.class).bodyText();
        replies.request(new Replies.Request(
                message.messageId(),
                ticket.reviewId(),
                ticket.ticketId(),
                text == null ? "" : text,
                message.mailCopy(),
                message.at()));
    }
}
