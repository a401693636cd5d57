package org.stonechat.review.reply;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.inbox.PermanentFailure;
import org.stonechat.kit.work.DueWork;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.Capabilities;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.PlatformReply;
import org.stonechat.review.connector.ReplyLimit;
import org.stonechat.review.review.Review;
import org.stonechat.review.review.Reviews;

/// Takes answers from tickets and remembers what became of them. Every change locks the review first, so that one
/// review has one answer on its way at most.
@ApplicationScoped
public class Replies {

    private final ReplyRepository replies;
    private final Reviews reviews;
    private final ConnectionUseCases connections;
    private final Connectors connectors;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final InstantSource clock;

    Replies(
            ReplyRepository replies,
            Reviews reviews,
            ConnectionUseCases connections,
            Connectors connectors,
            DueWork dueWork,
            EventLog eventLog,
            InstantSource clock) {
        this.replies = replies;
        this.reviews = reviews;
        this.connections = connections;
        this.connectors = connectors;
        this.dueWork = dueWork;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    /// @param messageId the ticket's message, which is also the id of the command to publish it
    /// @param mailCopy  the author should get the answer by mail too
    public record Request(UUID messageId, UUID reviewId, UUID ticketId, String text, boolean mailCopy, Instant at) {}

    /// Everything an attempt at publishing needs, read in one transaction.
    record Order(
            UUID replyId,
            UUID reviewId,
            String externalId,
            String text,
            boolean mailCopy,
            ReviewConnection connection) {}

    /// Why an answer is not sent.
    private record Objection(ReplyRefusal code, String detail) {}

    /// Has the answer published, or says at once why it cannot be.
    @Transactional(Transactional.TxType.MANDATORY)
    public void request(Request request) {
        Review review = reviews.lock(request.reviewId());
        if (review == null) {
            throw new PermanentFailure("the message answers a review that is not known here");
        }
        if (replies.findById(request.messageId()) != null) {
            return;
        }
        Reply reply = Reply.request(request);
        PlatformReply standing = review.platformReply();
        Objection objection = objection(review, request.text());
        if (objection != null) {
            reply.failed(objection.detail(), clock.instant());
            replies.persist(reply);
            eventLog.append(
                    Reviews.TOPIC,
                    review,
                    review.replyFailed(
                            reply.ticketId(),
                            reply.id(),
                            clock.instant(),
                            objection.code().name(),
                            objection.detail()));
            return;
        }
        replies.persist(reply);
        if (standing != null) {
            // Somebody has pasted the same text into the platform's inbox already.
            publish(review, reply);
            return;
        }
        dueWork.scheduleOnce(
                PublishReply.KIND,
                reply.id().toString(),
                clock.instant(),
                "review:" + review.id(),
                new PublishReply.Payload(reply.id(), false));
    }

    /// Tries an answer that failed once more, because somebody asks for it. Whether it stands there after all is read
    /// from the platform first.
    @Transactional(Transactional.TxType.MANDATORY)
    public void again(UUID messageId) {
        Reply reply = replies.findById(messageId);
        if (reply == null) {
            return;
        }
        Review review = Objects.requireNonNull(reviews.lock(reply.reviewId()), "a reply's review never goes");
        Objection objection = objection(review, reply.text());
        if (!reply.again()) {
            return;
        }
        if (objection != null) {
            reply.failed(objection.detail(), clock.instant());
            eventLog.append(
                    Reviews.TOPIC,
                    review,
                    review.replyFailed(
                            reply.ticketId(),
                            reply.id(),
                            clock.instant(),
                            objection.code().name(),
                            objection.detail()));
            return;
        }
        // Not `once`: it was scheduled before, and that has ended.
        dueWork.schedule(
                PublishReply.KIND,
                reply.id().toString(),
                clock.instant(),
                "review:" + review.id(),
                new PublishReply.Payload(reply.id(), true));
    }

    private @Nullable Objection objection(Review review, String text) {
        if (text.isBlank()) {
            return new Objection(ReplyRefusal.EMPTY, "The answer has no text.");
        }
        ReplyLimit limit = capabilities(review).replyLimit();
        if (!limit.allows(text)) {
            String unit = switch (limit.unit()) {
                case CHARACTERS -> "characters";
                case BYTES -> "bytes";
            };
            return new Objection(
                    ReplyRefusal.TOO_LONG,
                    "The answer has %d %s; the platform takes %d.".formatted(limit.measure(text), unit, limit.value()));
        }
        if (!review.state().standing()) {
            return new Objection(ReplyRefusal.NOT_SHOWN, "The platform no longer shows the review.");
        }
        if (replies.hasStanding(review.id())) {
            return new Objection(ReplyRefusal.ALREADY_ANSWERED, "The review has an answer already.");
        }
        PlatformReply standing = review.platformReply();
        if (standing != null && !standing.says(text)) {
            return new Objection(
                    ReplyRefusal.ALREADY_ANSWERED, "The review was answered on the platform itself already.");
        }
        return null;
    }

    /// Null when there is nothing left to do.
    @Transactional
    @Nullable
    Order order(UUID replyId) {
        Reply reply = replies.findById(replyId);
        if (reply == null || !reply.pending()) {
            return null;
        }
        Review review = Objects.requireNonNull(reviews.findById(reply.reviewId()), "a reply's review never goes");
        return new Order(
                reply.id(),
                review.id(),
                review.externalId(),
                reply.text(),
                reply.mailCopy(),
                connections.get(review.connectionId()));
    }

    /// The platform shows it.
    @Transactional
    void published(UUID replyId) {
        Review review = lockReviewOf(replyId);
        Reply reply = replies.findById(replyId);
        if (reply.pending()) {
            publish(review, reply);
        }
    }

    /// It will not be published.
    @Transactional
    void failed(UUID replyId, String code, String detail) {
        Review review = lockReviewOf(replyId);
        Reply reply = replies.findById(replyId);
        if (reply.pending()) {
            reply.failed(detail, clock.instant());
            eventLog.append(
                    Reviews.TOPIC,
                    review,
                    review.replyFailed(reply.ticketId(), reply.id(), clock.instant(), code, detail));
        }
    }

    /// Finds an answer of ours that was given up in doubt under a review that has just been read.
    @Transactional(Transactional.TxType.MANDATORY)
    public void recognise(Review review) {
        PlatformReply standing = review.platformReply();
        if (standing == null || replies.hasStanding(review.id())) {
            return;
        }
        replies.givenUp(review.id()).stream()
                .filter(reply -> standing.says(reply.text()))
                .findFirst()
                .ifPresent(reply -> publish(review, reply));
    }

    private void publish(Review review, Reply reply) {
        Instant now = clock.instant();
        reply.published(now);
        boolean mailCopyOwed = reply.mailCopy() && !capabilities(review).mailCopy();
        eventLog.append(
                Reviews.TOPIC, review, review.replied(reply.ticketId(), reply.id(), reply.text(), now, mailCopyOwed));
    }

    private Review lockReviewOf(UUID replyId) {
        UUID reviewId = Objects.requireNonNull(replies.findById(replyId), "replies never go")
                .reviewId();
        replies.getEntityManager().clear();
        return Objects.requireNonNull(reviews.lock(reviewId), "a reply's review never goes");
    }

    private Capabilities capabilities(Review review) {
        return connectors.of(review.platform()).capabilities();
    }
}
