package org.stonechat.review.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.work.DueWork;
import org.stonechat.review.connection.Criterion;
import org.stonechat.review.connection.Priority;
import org.stonechat.review.connection.Reopening;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.Capabilities;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.PlatformReply;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.reply.Replies;
import org.stonechat.review.report.Reports;
import org.stonechat.review.review.Destination;
import org.stonechat.review.review.Review;
import org.stonechat.review.review.Reviews;

/// Stores what a platform handed over, once, and asks for a ticket where a criterion wants one: review,
/// revision, ledger and events are one transaction.
@ApplicationScoped
public class ReviewIntake {

    private static final int MOST_NAMED = 10;

    private final Reviews reviews;
    private final LedgerEntries ledger;
    private final Replies replies;
    private final Reports reports;
    private final Connectors connectors;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final Cause cause;
    private final InstantSource clock;

    ReviewIntake(
            Reviews reviews,
            LedgerEntries ledger,
            Replies replies,
            Reports reports,
            Connectors connectors,
            DueWork dueWork,
            EventLog eventLog,
            Cause cause,
            InstantSource clock) {
        this.reviews = reviews;
        this.ledger = ledger;
        this.replies = replies;
        this.reports = reports;
        this.connectors = connectors;
        this.dueWork = dueWork;
        this.eventLog = eventLog;
        this.cause = cause;
        this.clock = clock;
    }

    /// What became of a number of entries.
    public record Taken(int created, int changed, int unchanged, int failed) {}

    /// Takes entries in, whether they are new, known, changed or unreadable. The caller keeps others from
    /// taking in entries of the same connection at the same time.
    ///
    /// What is known and unchanged costs no more than a look, so that reading everything again is cheap.
    @Transactional(Transactional.TxType.MANDATORY)
    public Taken take(ReviewConnection connection, List<FetchedItem> items) {
        Map<String, FetchedItem> latest = latest(items);
        Map<String, Reviews.Known> known = reviews.known(connection.id(), latest.keySet());
        List<FetchedItem.Readable> fresh = new ArrayList<>();
        int changed = 0;
        int unchanged = 0;
        int failed = 0;
        for (FetchedItem item : latest.values()) {
            Reviews.Known before = known.get(item.externalId());
            switch (item) {
                case FetchedItem.Unreadable unreadable -> {
                    cannotRead(connection, unreadable);
                    failed++;
                }
                case FetchedItem.Readable readable when before == null -> fresh.add(readable);
                case FetchedItem.Readable readable when before.covers(readable.review()) -> unchanged++;
                case FetchedItem.Readable readable -> {
                    if (again(connection, readable, false)) {
                        changed++;
                    } else {
                        unchanged++;
                    }
                }
            }
        }
        if (!fresh.isEmpty()) {
            store(connection, fresh);
        }
        return new Taken(fresh.size(), changed, unchanged, failed);
    }

    /// What taking these in would come to.
    @Transactional(Transactional.TxType.MANDATORY)
    public Taken rehearse(ReviewConnection connection, List<FetchedItem> items) {
        Map<String, FetchedItem> latest = latest(items);
        Map<String, Reviews.Known> known = reviews.known(connection.id(), latest.keySet());
        int created = 0;
        int changed = 0;
        int unchanged = 0;
        int failed = 0;
        for (FetchedItem item : latest.values()) {
            Reviews.Known before = known.get(item.externalId());
            switch (item) {
                case FetchedItem.Unreadable unreadable -> failed++;
                case FetchedItem.Readable readable when before == null -> created++;
                case FetchedItem.Readable readable
                when before.contentHash().equals(readable.review().contentHash()) -> unchanged++;
                case FetchedItem.Readable readable -> changed++;
            }
        }
        return new Taken(created, changed, unchanged, failed);
    }

    /// Takes in one review that was just read for itself, and believes what it says of the public answer:
    /// unlike a page, it was read after whatever has been done here.
    @Transactional(Transactional.TxType.MANDATORY)
    void takeFresh(ReviewConnection connection, FetchedItem.Readable item) {
        if (reviews.known(connection.id(), List.of(item.externalId())).isEmpty()) {
            store(connection, List.of(item));
        } else {
            again(connection, item, true);
        }
    }

    /// The platform was asked for a review and does not know it any more.
    @Transactional(Transactional.TxType.MANDATORY)
    void gone(ReviewConnection connection, UUID reviewId) {
        Review review = reviews.lock(reviewId);
        if (review == null) {
            return;
        }
        Instant now = clock.instant();
        DomainEvent withdrawn = review.gone(now, connection.reopensOn(Reopening.WITHDRAWN));
        if (withdrawn != null) {
            reviews.keepRevisions(List.of(new Reviews.Revision(review, review.asSeen(), "{}")), now);
            tell(review, withdrawn);
        }
        reports.observe(review);
    }

    /// A platform may list an entry twice while it changes under the reader: the later state counts, and the
    /// readable one.
    private static Map<String, FetchedItem> latest(List<FetchedItem> items) {
        Map<String, FetchedItem> latest = new LinkedHashMap<>();
        for (FetchedItem item : items) {
            latest.merge(item.externalId(), item, (one, other) -> {
                if (!(other instanceof FetchedItem.Readable second)) {
                    return one;
                }
                return one instanceof FetchedItem.Readable first
                                && second.review()
                                        .updatedAt()
                                        .isBefore(first.review().updatedAt())
                        ? one
                        : other;
            });
        }
        return latest;
    }

    private void cannotRead(ReviewConnection connection, FetchedItem.Unreadable item) {
        LedgerEntry entry = ledger.lock(connection.id(), item.externalId()).orElseGet(() -> {
            LedgerEntry received = receive(connection, item.externalId(), clock.instant());
            ledger.persist(received);
            return received;
        });
        entry.unreadable(item.reason(), clock.instant());
        ledger.keepRaw(entry, item.raw());
    }

    private void store(ReviewConnection connection, List<FetchedItem.Readable> items) {
        Instant now = clock.instant();
        Capabilities capabilities = connectors.of(connection.platform()).capabilities();
        Map<String, LedgerEntry> entries = ledger.locked(
                connection.id(), items.stream().map(FetchedItem::externalId).toList());
        List<Reviews.Revision> revisions = new ArrayList<>();
        List<EventLog.Entry> events = new ArrayList<>();
        List<LedgerEntry> received = new ArrayList<>();
        List<LedgerEntry> readAtLast = new ArrayList<>();
        for (FetchedItem.Readable item : items) {
            PlatformReview seen = item.review();
            Review review = Review.create(Uuid7.next(), origin(connection, seen), seen, now);
            LedgerEntry known = entries.get(seen.externalId());
            LedgerEntry entry = known == null ? receive(connection, seen.externalId(), now) : known;
            (known == null ? received : readAtLast).add(entry);
            entry.stored(review.id(), now);
            revisions.add(new Reviews.Revision(review, seen, item.raw()));
            // The review itself acts; whoever scheduled the poll has no part in what it says.
            UUID correlation = Uuid7.next();
            EventLog.Entry imported = EventLog.Entry.of(review, review.imported(), by(review), null, correlation);
            events.add(imported);
            Destination destination = judge(connection, entry, seen, now);
            if (destination != null) {
                EventLog.Entry routed = EventLog.Entry.of(
                        review, review.route(destination, capabilities), by(review), imported.id(), correlation);
                events.add(routed);
                PlatformReply standing = review.platformReply();
                if (standing != null) {
                    events.add(EventLog.Entry.of(
                            review, review.answeredElsewhere(standing, false), by(review), routed.id(), correlation));
                }
            }
        }
        reviews.persist(revisions.stream().map(Reviews.Revision::review));
        reviews.flush();
        ledger.persist(received);
        readAtLast.forEach(entry -> ledger.keepRaw(entry, null));
        reviews.keepRevisions(revisions, now);
        eventLog.append(Reviews.TOPIC, events);
    }

    /// @param fresh whether the answer it shows is the one of this moment
    /// @return whether there was anything new about it
    private boolean again(ReviewConnection connection, FetchedItem.Readable item, boolean fresh) {
        PlatformReview seen = item.review();
        Instant now = clock.instant();
        Review review = reviews.lock(connection.id(), seen.externalId()).orElseThrow();
        Capabilities capabilities = connectors.of(connection.platform()).capabilities();
        boolean late = review.knowsLaterThan(seen);
        DomainEvent change = review.see(
                seen, capabilities, connection.reopensOn(Reopening.EDITED), connection.reopensOn(Reopening.WITHDRAWN));
        if (change != null) {
            reviews.keepRevisions(List.of(new Reviews.Revision(review, seen, item.raw())), now);
            UUID told = tell(review, change);
            cause.follow(by(review), told, cause.correlationId());
            if (!review.routed()) {
                LedgerEntry entry = ledger.lockOfReview(review.id()).orElseThrow();
                route(connection, review, entry, seen);
            }
        }
        if (!late || fresh) {
            cause.follow(by(review), null, Uuid7.next());
            if (!replies.observe(connection, review, seen.reply(), fresh)) {
                lookUp(review);
            }
        }
        reports.observe(review);
        return change != null;
    }

    /// Has one review read for itself, before anything is concluded from what a page says or leaves out.
    public void lookUp(Review review) {
        lookUp(review.id());
    }

    /// The same for several.
    @Transactional(Transactional.TxType.MANDATORY)
    public void lookUp(Collection<UUID> reviewIds) {
        reviewIds.forEach(this::lookUp);
    }

    private void lookUp(UUID reviewId) {
        dueWork.schedule(
                LookUpReview.KIND,
                reviewId.toString(),
                clock.instant(),
                "review:" + reviewId,
                new LookUpReview.Payload(reviewId));
    }

    /// Judges a stored review by the criteria as they are now.
    void routeAgain(ReviewConnection connection, Review review, LedgerEntry entry) {
        route(connection, review, entry, review.asSeen());
    }

    private void route(ReviewConnection connection, Review review, LedgerEntry entry, PlatformReview seen) {
        Destination destination = judge(connection, entry, seen, clock.instant());
        if (destination != null) {
            eventLog.append(
                    Reviews.TOPIC,
                    review,
                    review.route(
                            destination, connectors.of(connection.platform()).capabilities()));
        }
    }

    /// Where the review's ticket goes, or null when it gets none; the ledger says why.
    private static @Nullable Destination judge(
            ReviewConnection connection, LedgerEntry entry, PlatformReview seen, Instant now) {
        String objection = objection(connection, seen);
        if (objection != null) {
            entry.notTicketed(objection, now);
            return null;
        }
        Optional<Criterion> match = connection.criterionFor(seen);
        if (match.isEmpty()) {
            entry.notTicketed(mismatches(connection, seen), now);
            return null;
        }
        Destination destination = destination(connection, match.get());
        entry.routed(destination.criterion(), destination.departmentId(), now);
        return destination;
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

    /// Each criterion with what of the review it does not want.
    private static String mismatches(ReviewConnection connection, PlatformReview seen) {
        List<Criterion> asked = connection.criteria();
        if (asked.isEmpty()) {
            return "No criterion: the connection makes no tickets.";
        }
        String named = asked.stream()
                .limit(MOST_NAMED)
                .map(criterion -> criterion.name() + " (" + criterion.mismatch(seen) + ")")
                .collect(Collectors.joining(", "));
        return "No criterion matches: " + named + (asked.size() > MOST_NAMED ? ", …" : "");
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

    private UUID tell(Review review, DomainEvent event) {
        cause.follow(by(review), null, Uuid7.next());
        return eventLog.append(Reviews.TOPIC, review, event).getFirst();
    }

    private static Actor by(Review review) {
        return new Actor(Actor.Kind.REVIEW, Objects.requireNonNull(review.id()).toString(), null);
    }

    private static LedgerEntry receive(ReviewConnection connection, String externalId, Instant now) {
        return LedgerEntry.receive(Uuid7.next(), connection.id(), connection.departmentId(), externalId, now);
    }
}
