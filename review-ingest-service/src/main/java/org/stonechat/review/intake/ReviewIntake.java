package org.stonechat.review.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.review.connection.Criterion;
import org.stonechat.review.connection.Priority;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.reply.Replies;
import org.stonechat.review.review.Destination;
import org.stonechat.review.review.Review;
import org.stonechat.review.review.ReviewImported;
import org.stonechat.review.review.ReviewRevised;
import org.stonechat.review.review.Reviews;

/// Stores what a platform handed over, once, and asks for a ticket where a criterion wants one: review, revision,
/// ledger
/// and events are one transaction.
@ApplicationScoped
public class ReviewIntake {

    private final Reviews reviews;
    private final LedgerEntries ledger;
    private final Replies replies;
    private final Connectors connectors;
    private final EventLog eventLog;
    private final Cause cause;
    private final InstantSource clock;

    ReviewIntake(
            Reviews reviews,
            LedgerEntries ledger,
            Replies replies,
            Connectors connectors,
            EventLog eventLog,
            Cause cause,
            InstantSource clock) {
        this.reviews = reviews;
        this.ledger = ledger;
        this.replies = replies;
        this.connectors = connectors;
        this.eventLog = eventLog;
        this.cause = cause;
        this.clock = clock;
    }

    /// Takes one entry in, whether it is new, known, changed or unreadable. The caller keeps others from taking in
    /// entries of the same connection at the same time.
    @Transactional(Transactional.TxType.MANDATORY)
    public void take(ReviewConnection connection, FetchedItem item) {
        switch (item) {
            case FetchedItem.Readable readable -> take(connection, readable);
            case FetchedItem.Unreadable unreadable -> {
                LedgerEntry entry = entry(connection, unreadable.externalId());
                entry.unreadable(unreadable.reason(), clock.instant());
                ledger.keepRaw(entry, unreadable.raw());
            }
        }
    }

    private void take(ReviewConnection connection, FetchedItem.Readable item) {
        PlatformReview seen = item.review();
        Instant now = clock.instant();
        Optional<Review> known = reviews.lock(connection.id(), seen.externalId());
        if (known.isEmpty()) {
            Review review = Review.create(Uuid7.next(), origin(connection, seen), seen, now);
            ReviewImported imported = review.imported();
            reviews.persist(review);
            reviews.keepRevision(review, seen, item.raw(), now);
            LedgerEntry entry = entry(connection, seen.externalId());
            boolean wasUnreadable = entry.reason() != null;
            entry.stored(review.id(), now);
            if (wasUnreadable) {
                ledger.keepRaw(entry, null);
            }
            // The review itself acts; whoever scheduled the poll has no part in what it says.
            cause.follow(by(review), null, cause.correlationId());
            UUID importedEvent =
                    eventLog.append(Reviews.TOPIC, review, imported).getFirst();
            cause.follow(by(review), importedEvent, cause.correlationId());
            route(connection, review, entry, seen);
            return;
        }
        Review review = known.get();
        ReviewRevised revised = review.see(seen);
        if (revised != null) {
            reviews.keepRevision(review, seen, item.raw(), now);
            cause.follow(by(review), null, cause.correlationId());
            UUID revisedEvent = eventLog.append(Reviews.TOPIC, review, revised).getFirst();
            cause.follow(by(review), revisedEvent, cause.correlationId());
            if (!review.routed()) {
                route(connection, review, entry(connection, seen.externalId()), seen);
            }
        }
        replies.recognise(review);
    }

    /// Judges a stored review by the criteria as they are now.
    void routeAgain(ReviewConnection connection, Review review, LedgerEntry entry) {
        route(connection, review, entry, review.asSeen());
    }

    private void route(ReviewConnection connection, Review review, LedgerEntry entry, PlatformReview seen) {
        Instant now = clock.instant();
        String objection = objection(connection, seen);
        if (objection != null) {
            entry.notTicketed(objection, now);
            return;
        }
        Optional<Criterion> match = connection.criterionFor(seen);
        if (match.isEmpty()) {
            entry.notTicketed("No criterion of the connection matches.", now);
            return;
        }
        Destination destination = destination(connection, match.get());
        eventLog.append(
                Reviews.TOPIC,
                review,
                review.route(destination, connectors.of(connection.platform()).capabilities()));
        entry.routed(destination.criterion(), destination.departmentId(), now);
    }

    /// What speaks against a ticket before any criterion is asked.
    private static @Nullable String objection(ReviewConnection connection, PlatformReview seen) {
        if (!seen.state().standing()) {
            return "The platform does not show it: " + seen.rawState() + ".";
        }
        if (seen.kind() == ReviewKind.PRODUCT && !connection.productReviews()) {
            return "Product reviews are switched off for the connection.";
        }
        Instant since = connection.ticketsSince();
        if (since != null && seen.submittedAt().isBefore(since)) {
            return "It was submitted before the connection makes tickets.";
        }
        return null;
    }

    private static Destination destination(ReviewConnection connection, Criterion criterion) {
        UUID department = criterion.departmentId();
        return new Destination(
                connection.criterionId(criterion),
                criterion.name(),
                department == null ? connection.departmentId() : department,
                criterion.teamId(),
                criterion.queueId(),
                (criterion.priority() == null ? Priority.NORMAL : criterion.priority()).name(),
                criterion.tags() == null ? List.of() : criterion.tags());
    }

    private static Review.Origin origin(ReviewConnection connection, PlatformReview seen) {
        return new Review.Origin(
                connection.id(),
                connection.platform(),
                connection.departmentId(),
                connection.inboxUrl(seen.externalId()));
    }

    private static Actor by(Review review) {
        return new Actor(Actor.Kind.REVIEW, review.id().toString(), null);
    }

    private LedgerEntry entry(ReviewConnection connection, String externalId) {
        Optional<LedgerEntry> known = ledger.lock(connection.id(), externalId);
        if (known.isPresent()) {
            return known.get();
        }
        LedgerEntry entry = LedgerEntry.receive(
                Uuid7.next(), connection.id(), connection.departmentId(), externalId, clock.instant());
        ledger.persist(entry);
        return entry;
    }
}
