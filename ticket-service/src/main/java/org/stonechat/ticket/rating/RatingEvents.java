package org.stonechat.ticket.rating;

import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.ticket.ticket.Face;

/// What the rating service tells: how customers rated answers.
@ApplicationScoped
class RatingEvents implements EventConsumer {

    private final Ratings ratings;

    RatingEvents(Ratings ratings) {
        this.ratings = ratings;
    }

    record Given(
            UUID ratingId,
            UUID ticketId,
            Face face,
            Instant givenAt,
            @Nullable Instant changedAt) {}

    record Words(@Nullable String text) {}

    @Override
    public String topic() {
        return "ratings";
    }

    @Override
    public void handle(ReceivedEvent event) {
        switch (event.type()) {
            case "RatingGiven", "RatingChanged" -> {
                Given given = event.dataAs(Given.class);
                ratings.given(
                        given.ticketId(),
                        given.ratingId(),
                        given.face(),
                        event.personalAs(Words.class).text(),
                        given.changedAt() == null ? given.givenAt() : given.changedAt(),
                        event.type().equals("RatingChanged"));
            }
            default -> {
                // Contracts grow; other events of this topic are for others.
            }
        }
    }
}
