package org.stonechat.notification.events;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.notification.outgoing.OutgoingMails;
import org.stonechat.notification.outgoing.RatingRequest;

/// Sends what the rating service asks customers.
@ApplicationScoped
class RatingEvents implements EventConsumer {

    private final OutgoingMails outgoing;

    RatingEvents(OutgoingMails outgoing) {
        this.outgoing = outgoing;
    }

    record CancelledData(UUID requestId) {}

    @Override
    public String topic() {
        return "ratings";
    }

    @Override
    public void handle(ReceivedEvent event) {
        switch (event.type()) {
            case "RatingRequested" ->
                outgoing.ratingRequested(
                        event.dataAs(RatingRequest.Data.class), event.personalAs(RatingRequest.Personal.class));
            case "RatingRequestCancelled" ->
                outgoing.ratingRequestCancelled(
                        event.dataAs(CancelledData.class).requestId());
            default -> {
                // What was answered is the ticket service's to show.
            }
        }
    }
}
