package org.stonechat.review.reply;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.inbox.PermanentFailure;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.work.DueWork;
import org.stonechat.review.ReviewError;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.Reopening;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.Capabilities;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.PlatformReply;
import org.stonechat.review.connector.ReplyLimit;
import org.stonechat.review.review.Review;
import org.stonechat.review.review.Reviews;

/// Takes answers from tickets and remembers what became of them. Every change locks the review first, so that
/// one review has one answer on its way at most.
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

    /// Tries an answer that failed once more, because somebody asks for it. Whether it stands there after all
    /// is read from the platform first.
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
        Capabilities capabilities = capabilities(review);
        if (!capabilities.reply()) {
            return new Objection(ReplyRefusal.UNSUPPORTED, "The platform takes no answers.");
        }
        ReplyLimit limit = capabilities.replyLimit();
        if (limit != null && !limit.allows(text)) {
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

    /// Compares the answer that the platform shows with what is known of it.
    ///
    /// @param shown what it showed, perhaps one that it has rejected
    /// @param fresh whether the review was read for itself and later than anything done here: only then a
    ///              difference that nobody here is the cause of is taken for somebody else's doing
    /// @return false when only a fresh look can tell what has happened
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean observe(ReviewConnection connection, Review review, @Nullable PlatformReply shown, boolean fresh) {
        PlatformReply known = review.platformReply();
        Reply ours = replies.standing(review.id()).orElse(null);
        Instant now = clock.instant();
        if (shown != null && shown.rejected()) {
            if (ours != null && ours.published() && shown.says(ours.text())) {
                ours.rejected("The platform does not show it.", now);
                eventLog.append(Reviews.TOPIC, review, review.replyRejected(ours.ticketId(), ours.id(), now));
            }
            return true;
        }
        if (shown == null ? known == null : known != null && known.says(shown.text())) {
            return true;
        }
        if (ours != null && (ours.pending() || ours.removing())) {
            // Whoever is at it finds out by reading the review.
            return true;
        }
        if (shown != null && ours == null) {
            Optional<Reply> givenUp = replies.givenUp(review.id()).stream()
                    .filter(reply -> shown.says(reply.text()))
                    .findFirst();
            if (givenUp.isPresent()) {
                publish(review, givenUp.get());
                return true;
            }
        }
        if (!fresh) {
            return false;
        }
        if (ours != null) {
            ours.removed(now);
        }
        if (known != null && (shown == null || ours != null)) {
            eventLog.append(Reviews.TOPIC, review, review.replyRemoved(ours == null ? null : ours.id(), now, true));
        }
        if (shown != null) {
            eventLog.append(
                    Reviews.TOPIC,
                    review,
                    review.answeredElsewhere(shown, connection.reopensOn(Reopening.ANSWERED_ELSEWHERE)));
        }
        return true;
    }

    /// Has the public answer of a review taken back from the platform.
    ///
    /// @param maySee whether the caller may see a review
    @Transactional
    void remove(UUID reviewId, Predicate<Review> maySee) {
        Review review = reviews.lock(reviewId);
        if (review == null || !maySee.test(review)) {
            throw ProblemException.notFound("review");
        }
        if (!capabilities(review).deleteReply()) {
            throw new ProblemException(
                    ReviewError.PLATFORM_CANNOT, review.platform() + " does not let answers be taken back.");
        }
        if (review.isGone()) {
            throw new ProblemException(ReviewError.REVIEW_GONE, "There is nothing left to take an answer from.");
        }
        Reply ours = replies.standing(reviewId).orElse(null);
        if (ours != null && ours.pending()) {
            throw new ProblemException(ReviewError.REPLY_PENDING, "Wait until it is published, or has failed.");
        }
        if (ours == null && review.platformReply() == null) {
            throw new ProblemException(ReviewError.REVIEW_NOT_ANSWERED, "There is no answer to take back.");
        }
        if (ours != null) {
            ours.remove();
        }
        dueWork.schedule(
                RemoveReply.KIND,
                reviewId.toString(),
                clock.instant(),
                "review:" + reviewId,
                new RemoveReply.Payload(reviewId));
    }

    /// What taking an answer back needs.
    record Removal(String externalId, ReviewConnection connection) {}

    @Transactional
    @Nullable
    Removal removal(UUID reviewId) {
        Review review = reviews.findById(reviewId);
        return review == null ? null : new Removal(review.externalId(), connections.get(review.connectionId()));
    }

    /// The platform shows no answer any more.
    @Transactional
    void removed(UUID reviewId) {
        Review review = Objects.requireNonNull(reviews.lock(reviewId), "reviews never go");
        Reply ours = replies.standing(reviewId).filter(Reply::removing).orElse(null);
        if (ours == null && review.platformReply() == null) {
            return;
        }
        Instant now = clock.instant();
        if (ours != null) {
            ours.removed(now);
        }
        eventLog.append(Reviews.TOPIC, review, review.replyRemoved(ours == null ? null : ours.id(), now, false));
    }

    /// The platform does not give it back.
    @Transactional
    void stays(UUID reviewId, String why) {
        reviews.lock(reviewId);
        replies.standing(reviewId).filter(Reply::removing).ifPresent(reply -> reply.stays(why));
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
