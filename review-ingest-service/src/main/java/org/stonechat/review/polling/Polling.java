package org.stonechat.review.polling;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.work.DueWork;
import org.stonechat.review.connection.ConnectionChanged;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.FetchMode;
import org.stonechat.review.connector.FetchRequest;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.FetchedPage;
import org.stonechat.review.intake.ReviewIntake;
import org.stonechat.review.review.Reviews;

import io.quarkus.runtime.StartupEvent;

/// The transactions of polling: what to ask next, storing what came, and when to come back.
@ApplicationScoped
class Polling {

    private static final Logger LOG = Logger.getLogger(Polling.class);

    private final PollProgresses progresses;
    private final ConnectionUseCases connections;
    private final ReviewIntake intake;
    private final Reviews reviews;
    private final Connectors connectors;
    private final DueWork dueWork;
    private final Cause cause;
    private final PollingConfig config;
    private final InstantSource clock;

    Polling(
            PollProgresses progresses,
            ConnectionUseCases connections,
            ReviewIntake intake,
            Reviews reviews,
            Connectors connectors,
            DueWork dueWork,
            Cause cause,
            PollingConfig config,
            InstantSource clock) {
        this.progresses = progresses;
        this.connections = connections;
        this.intake = intake;
        this.reviews = reviews;
        this.connectors = connectors;
        this.dueWork = dueWork;
        this.cause = cause;
        this.config = config;
        this.clock = clock;
    }

    /// A chain of polls lives in the database and needs no start; this one mends a chain that an operator has
    /// cut.
    void onStart(@Observes StartupEvent start) {
        for (ReviewConnection connection : connections.all()) {
            if (connection.polls()) {
                mend(connection.id());
            }
        }
    }

    private void mend(UUID connectionId) {
        dueWork.startRecurring(
                PollConnection.KIND,
                connectionId.toString(),
                clock.instant(),
                new PollConnection.Payload(connectionId));
    }

    /// How far a connection has been read.
    @Transactional
    PollProgress progress(UUID connectionId) {
        return Objects.requireNonNull(
                progresses.findById(connectionId), "every connection has its progress from the start");
    }

    /// Runs in the transaction of the change.
    void onChange(@Observes ConnectionChanged changed) {
        PollProgress progress = progresses.lock(changed.connectionId());
        if (progress == null) {
            progresses.persist(new PollProgress(changed.connectionId()));
        } else if (changed.otherReviews()) {
            progress.beginAnew();
        }
        if (connections.get(changed.connectionId()).polls()) {
            schedule(changed.connectionId(), clock.instant());
        } else {
            dueWork.cancel(PollConnection.KIND, changed.connectionId().toString());
        }
    }

    /// What to ask the platform for now: the walk that was interrupted, else one that this poll has not made
    /// yet.
    ///
    /// @param walked the walks this poll has finished
    /// @return null when the poll is complete
    @Transactional
    @Nullable
    FetchRequest next(UUID connectionId, Set<FetchMode> walked) {
        PollProgress progress = lock(connectionId);
        if (progress.walking()) {
            return progress.request();
        }
        // Reading everything finds what is new and what has changed as well. Otherwise one walk has to do: a poll that
        // finds nothing new is one request.
        List<FetchMode> walks = walked.contains(FetchMode.FULL)
                ? List.of()
                : progress.fullWalkIsDue(clock.instant(), config.fullWalkEvery())
                        ? List.of(FetchMode.FULL)
                        : List.of(quickWalk(connectionId));
        for (FetchMode mode : walks) {
            if (!walked.contains(mode)) {
                progress.start(mode, clock.instant(), config.overlap());
                return progress.request();
            }
        }
        return null;
    }

    /// What storing a page came to.
    ///
    /// @param finished the walk that ended with this page; null when it goes on
    /// @param taken    false when another process has stored this page: then nothing was done
    record Stored(@Nullable FetchMode finished, boolean taken) {}

    /// Stores a page and moves on, in one transaction.
    @Transactional
    Stored store(UUID connectionId, FetchRequest request, FetchedPage page) {
        PollProgress progress = lock(connectionId);
        if (!progress.awaits(request)) {
            return new Stored(null, false);
        }
        ReviewConnection connection = connections.get(connectionId);
        cause.follow(Actor.SYSTEM, null, Uuid7.next());
        intake.take(connection, page.items());
        Instant began = progress.walkStartedAt();
        if (request.mode() == FetchMode.FULL && began != null) {
            reviews.seen(
                    connectionId,
                    page.items().stream().map(FetchedItem::externalId).toList(),
                    began,
                    clock.instant());
        }
        FetchMode finished = progress.advance(page, config.longestWalk());
        // What a walk through everything did not meet is looked up one by one: absence from a page proves nothing.
        // Where
        // the list goes back a few days only, it says nothing at all.
        if (finished == FetchMode.FULL
                && began != null
                && began.equals(progress.fullWalkAt())
                && connectors.of(connection.platform()).capabilities().historyWindow() == null) {
            intake.lookUp(reviews.unseen(
                    connectionId, began, connection.channels(), connection.productReviews(), config.lookUps()));
        }
        return new Stored(finished, true);
    }

    private FetchMode quickWalk(UUID connectionId) {
        return connectors.of(connections.get(connectionId).platform()).quickWalk();
    }

    /// Notes how many reviews the platform says there are.
    @Transactional
    void expect(UUID connectionId, long reviews) {
        lock(connectionId).expect(reviews);
    }

    /// Stores one entry of a page that could not be stored as a whole.
    @Transactional
    void storeAlone(UUID connectionId, FetchedItem item) {
        lock(connectionId);
        cause.follow(Actor.SYSTEM, null, Uuid7.next());
        intake.take(connections.get(connectionId), List.of(item));
    }

    /// The poll is complete; joins the transaction that ends the work.
    @Transactional
    void succeeded(UUID connectionId) {
        // The connection first and then its progress, as a change of configuration does.
        connections.works(connectionId);
        lock(connectionId).succeeded(clock.instant());
        ReviewConnection connection = connections.get(connectionId);
        if (connection.polls()) {
            schedule(connectionId, clock.instant().plus(connection.pollInterval()));
        }
    }

    /// The poll goes on in a new piece of work.
    @Transactional
    void goOn(UUID connectionId) {
        if (connections.get(connectionId).polls()) {
            schedule(connectionId, clock.instant());
        }
    }

    /// The platform did not do as asked; joins the transaction that ends the work.
    @Transactional
    void failed(ReviewConnection used, ConnectorFailure failure) {
        Instant now = clock.instant();
        boolean stillSo = connections.fails(used.id(), used.version(), failure);
        PollProgress progress = lock(used.id());
        int failures = progress.failed(now);
        if (progress.walking()
                && (failure.kind() == ConnectorFailure.Kind.VALIDATION
                        || failure.kind() == ConnectorFailure.Kind.NOT_FOUND)) {
            // The review under the cursor may be gone: start the walk over. No watermark has moved.
            progress.abandonWalk();
        }
        if (!stillSo) {
            goOn(used.id());
            return;
        }
        if (failure.kind() == ConnectorFailure.Kind.AUTH) {
            LOG.warnf("polling stopped, credentials are not accepted: connectionId=%s", used.id());
            return;
        }
        Pauses pauses = new Pauses(used.pollInterval(), config.longestPause(), ThreadLocalRandom.current());
        schedule(used.id(), now.plus(pauses.after(failures, failure.retryAfter())));
    }

    /// Work of ours went wrong so often that it was given up: come back later rather than never.
    @Transactional
    void comeBackLater(UUID connectionId) {
        schedule(connectionId, clock.instant().plus(config.longestPause()));
    }

    private void schedule(UUID connectionId, Instant dueAt) {
        dueWork.schedule(
                PollConnection.KIND,
                connectionId.toString(),
                dueAt,
                "connection:" + connectionId,
                new PollConnection.Payload(connectionId));
    }

    private PollProgress lock(UUID connectionId) {
        return Objects.requireNonNull(
                progresses.lock(connectionId), "every connection has its progress from the start");
    }
}
