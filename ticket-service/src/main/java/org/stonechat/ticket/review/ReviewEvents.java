package org.stonechat.ticket.review;

import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MailCopy;
import org.stonechat.ticket.reply.Deliveries;

/// What the review service tells: reviews that want a ticket, and how answers fared.
@ApplicationScoped
class ReviewEvents implements EventConsumer {

    private static final String REJECTED = "REJECTED";

    private final ReviewTickets reviewTickets;
    private final Deliveries deliveries;

    ReviewEvents(ReviewTickets reviewTickets, Deliveries deliveries) {
        this.reviewTickets = reviewTickets;
        this.deliveries = deliveries;
    }

    record ReviewReplied(
            UUID reviewId,
            UUID messageId,
            Instant publishedAt,
            @Nullable String where,
            boolean mailCopyOwed) {}

    record ReviewReplyFailed(UUID reviewId, UUID messageId, String reason, Instant failedAt, boolean retrying) {}

    record AnsweredElsewhere(UUID reviewId, @Nullable Boolean reopen) {}

    record Answer(@Nullable String text) {}

    record ReplyRemoved(UUID reviewId, @Nullable UUID messageId, Instant removedAt, boolean elsewhere) {}

    record Reported(UUID reviewId, String reason) {}

    record ReportText(@Nullable String description) {}

    record ReportResolved(
            UUID reviewId,
            String reason,
            String outcome,
            @Nullable String detail) {}

    @Override
    public String topic() {
        return "reviews";
    }

    @Override
    public void handle(ReceivedEvent event) {
        switch (event.type()) {
            case "ReviewRouted" -> reviewTickets.route(review(event));
            case "ReviewRevised" -> reviewTickets.revised(review(event));
            case "ReviewReplied" -> {
                ReviewReplied replied = event.dataAs(ReviewReplied.class);
                deliveries.changed(
                        replied.messageId(), Delivery.PUBLISHED, null, replied.publishedAt(), replied.where());
                deliveries.copyIsFor(
                        replied.messageId(),
                        replied.mailCopyOwed() ? MailCopy.QUEUED : MailCopy.LEFT_TO_PLATFORM,
                        replied.publishedAt());
                reviewTickets.replied(replied.reviewId(), replied.where());
            }
            case "ReviewReplyFailed" -> {
                ReviewReplyFailed failed = event.dataAs(ReviewReplyFailed.class);
                // While the platform is tried again the reply is still on its way.
                if (!failed.retrying()) {
                    deliveries.changed(failed.messageId(), Delivery.FAILED, failed.reason(), failed.failedAt(), null);
                    if (REJECTED.equals(failed.reason())) {
                        // It stood there, and the platform does not show it any more.
                        reviewTickets.replied(failed.reviewId(), null);
                    }
                }
            }
            case "ReviewWithdrawn" -> reviewTickets.withdrawn(review(event));
            case "ReviewAnsweredElsewhere" -> {
                AnsweredElsewhere answered = event.dataAs(AnsweredElsewhere.class);
                reviewTickets.answeredElsewhere(
                        answered.reviewId(),
                        event.personalAs(Answer.class).text(),
                        Boolean.TRUE.equals(answered.reopen()));
            }
            case "ReviewReplyRemoved" -> {
                ReplyRemoved removed = event.dataAs(ReplyRemoved.class);
                if (removed.messageId() != null) {
                    deliveries.changed(removed.messageId(), Delivery.WITHDRAWN, null, removed.removedAt(), null);
                }
                reviewTickets.replyRemoved(removed.reviewId(), removed.elsewhere());
            }
            case "ReviewReported" -> {
                Reported reported = event.dataAs(Reported.class);
                reviewTickets.reported(
                        reported.reviewId(),
                        reported.reason(),
                        event.personalAs(ReportText.class).description());
            }
            case "ReportResolved" -> {
                ReportResolved resolved = event.dataAs(ReportResolved.class);
                reviewTickets.reportResolved(
                        resolved.reviewId(), resolved.reason(), resolved.outcome(), resolved.detail());
            }
            default -> {
                // Contracts grow; other events of this topic are for others.
            }
        }
    }

    private static RoutedReview review(ReceivedEvent event) {
        return new RoutedReview(event.dataAs(RoutedReview.Data.class), event.personalAs(RoutedReview.Personal.class));
    }
}
