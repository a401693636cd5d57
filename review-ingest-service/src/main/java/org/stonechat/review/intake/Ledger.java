package org.stonechat.review.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.work.DueWork;
import org.stonechat.review.ReviewError;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.review.Review;
import org.stonechat.review.review.Reviews;

/// The ledger of what was received, and what people do about it.
@ApplicationScoped
public class Ledger {

    private static final Logger LOG = Logger.getLogger(Ledger.class);

    private final LedgerEntries entries;
    private final Reviews reviews;
    private final ConnectionUseCases connections;
    private final Connectors connectors;
    private final ReviewIntake intake;
    private final DueWork dueWork;
    private final InstantSource clock;

    Ledger(
            LedgerEntries entries,
            Reviews reviews,
            ConnectionUseCases connections,
            Connectors connectors,
            ReviewIntake intake,
            DueWork dueWork,
            InstantSource clock) {
        this.entries = entries;
        this.reviews = reviews;
        this.connections = connections;
        this.connectors = connectors;
        this.intake = intake;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    @Transactional
    List<LedgerEntry> page(LedgerEntries.Filter filter, @Nullable Cursor after, int rows) {
        return entries.inOrder(entries.page(filter, after, rows));
    }

    @Transactional
    @Nullable
    LedgerEntry find(UUID id) {
        return entries.findById(id);
    }

    /// Closes the entry of a review that has its ticket.
    @Transactional(Transactional.TxType.MANDATORY)
    public void ticketed(UUID reviewId, UUID ticketId) {
        entries.lockOfReview(reviewId).ifPresent(entry -> entry.ticketed(ticketId, clock.instant()));
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void refused(UUID reviewId, String reason) {
        entries.lockOfReview(reviewId).ifPresent(entry -> entry.refused(reason, clock.instant()));
    }

    /// Reads again what could not be read, or asks the criteria of today about what has no ticket.
    @Transactional
    LedgerEntry reprocess(UUID id, Predicate<UUID> maySee) {
        LedgerEntry found = entries.findById(id);
        if (found == null || !maySee.test(found.departmentId())) {
            throw ProblemException.notFound("ledger entry");
        }
        ReviewConnection connection = connections.get(found.connectionId());
        UUID reviewId = found.reviewId();
        if (reviewId == null) {
            readAgain(connection, found);
            return found;
        }
        // The review first and then its entry, as everybody does: two that wait for each other would never end.
        Review review = Objects.requireNonNull(reviews.lock(reviewId), "an entry's review never goes");
        LedgerEntry entry = Objects.requireNonNull(entries.lock(id), "entries never go");
        entries.getEntityManager().refresh(entry);
        if (entry.state() == LedgerState.TICKETED || review.ticketId() != null) {
            throw new ProblemException(ReviewError.LEDGER_ENTRY_CLOSED, "The review has its ticket.");
        }
        intake.routeAgain(connection, review, entry);
        return entry;
    }

    /// How a connection's entries stand.
    ///
    /// @param gone how many the platform knows no longer
    record Counts(Map<LedgerState, Long> byState, long gone) {

        long all() {
            return byState.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    @Transactional
    Counts counts(UUID connectionId) {
        return new Counts(entries.counts(connectionId), entries.gone(connectionId));
    }

    /// Has every entry of these states processed again, one batch after the other.
    @Transactional(Transactional.TxType.MANDATORY)
    void reprocessAll(UUID connectionId, Set<LedgerState> states) {
        dueWork.schedule(
                ReprocessLedger.KIND,
                connectionId.toString(),
                clock.instant(),
                "connection:" + connectionId,
                new ReprocessLedger.Payload(connectionId, states, null));
    }

    /// Processes the next few again; joins the transaction that ends the work.
    ///
    /// @return the last one, or null when there were none left
    @Transactional
    @Nullable
    UUID reprocessNext(UUID connectionId, Set<LedgerState> states, @Nullable UUID after, int batch) {
        UUID last = null;
        for (UUID id : entries.next(connectionId, states, after, batch)) {
            last = id;
            try {
                reprocess(id, department -> true);
            } catch (ProblemException hopeless) {
                // It stays as it is, and its entry says why.
                LOG.debugf("an entry could not be processed again: entryId=%s %s", id, hopeless.detail());
            }
        }
        if (last != null) {
            dueWork.schedule(
                    ReprocessLedger.KIND,
                    connectionId.toString(),
                    clock.instant(),
                    "connection:" + connectionId,
                    new ReprocessLedger.Payload(connectionId, states, last));
        }
        return last;
    }

    private void readAgain(ReviewConnection connection, LedgerEntry entry) {
        String raw = entries.raw(entry.id());
        if (raw == null) {
            throw new ProblemException(ReviewError.LEDGER_ENTRY_CLOSED, "Nothing was kept that could be read again.");
        }
        FetchedItem item = connectors.of(connection.platform()).translate(raw);
        if (item instanceof FetchedItem.Unreadable unreadable) {
            throw new ProblemException(ReviewError.REVIEW_STILL_UNREADABLE, unreadable.reason());
        }
        intake.take(connection, List.of(item));
    }

    static Cursor cursor(LedgerEntry entry) {
        Instant receivedAt = entry.receivedAt();
        return Cursor.of(receivedAt, entry.id());
    }
}
