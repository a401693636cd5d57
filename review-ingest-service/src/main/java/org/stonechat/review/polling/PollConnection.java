package org.stonechat.review.polling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.PlatformHost;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.FetchMode;
import org.stonechat.review.connector.FetchRequest;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.FetchedPage;

/// Polls one connection and has itself called again.
@ApplicationScoped
class PollConnection implements WorkHandler {

    static final String KIND = "poll-connection";

    private static final Logger LOG = Logger.getLogger(PollConnection.class);

    private final Polling polling;
    private final ConnectionUseCases connections;
    private final PlatformHost host;
    private final PollingConfig config;
    private final InstantSource clock;

    PollConnection(
            Polling polling,
            ConnectionUseCases connections,
            PlatformHost host,
            PollingConfig config,
            InstantSource clock) {
        this.polling = polling;
        this.connections = connections;
        this.host = host;
        this.config = config;
        this.clock = clock;
    }

    record Payload(UUID connectionId) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int maxAttempts() {
        return 5;
    }

    @Override
    public Duration timeout() {
        return config.stretch().plusSeconds(60);
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID connectionId = item.payloadAs(Payload.class).connectionId();
        Instant handOver = clock.instant().plus(config.stretch());
        Set<FetchMode> walked = EnumSet.noneOf(FetchMode.class);
        try (PagesAhead ahead = new PagesAhead(host)) {
            return walk(connectionId, handOver, walked, ahead);
        }
    }

    private Outcome walk(UUID connectionId, Instant handOver, Set<FetchMode> walked, PagesAhead ahead) {
        while (true) {
            ReviewConnection connection = connections.find(connectionId);
            if (connection == null || !connection.polls()) {
                return Outcome.done();
            }
            FetchRequest request = polling.next(connectionId, walked);
            if (request == null) {
                return Outcome.done(() -> polling.succeeded(connectionId));
            }
            boolean late = clock.instant().isAfter(handOver);
            if (late && !ahead.holds(request)) {
                return Outcome.done(() -> polling.goOn(connectionId));
            }
            FetchedPage page;
            try {
                if (request.mode() == FetchMode.FULL && request.cursor() == null) {
                    expect(connection);
                }
                page = ahead.fetch(connection, request);
            } catch (ConnectorFailure failure) {
                return Outcome.done(() -> polling.failed(connection, failure));
            }
            if (request.mode() == FetchMode.FULL && page.next() != null && !late) {
                ahead.begin(connection, new FetchRequest(FetchMode.FULL, request.since(), page.next()));
            }
            Polling.Stored stored = store(connectionId, request, page);
            if (!stored.taken()) {
                return Outcome.done();
            }
            if (stored.finished() != null) {
                walked.add(stored.finished());
            }
        }
    }

    /// Asks how many reviews there are, so that it can be seen how far reading all of them has come.
    private void expect(ReviewConnection connection) {
        if (host.connector(connection).capabilities().count()) {
            long reviews = host.call(connection, (connector, access) -> connector.count(access));
            polling.expect(connection.id(), reviews);
        }
    }

    /// One entry that cannot be stored must not hold up the others: if a page fails, its entries are stored
    /// one by one, and whatever fails alone goes to the ledger.
    private Polling.Stored store(UUID connectionId, FetchRequest request, FetchedPage page) {
        try {
            return polling.store(connectionId, request, page);
        } catch (RuntimeException pageFailure) {
            LOG.warnf(pageFailure, "a page could not be stored as a whole: connectionId=%s", connectionId);
            for (FetchedItem item : page.items()) {
                storeAlone(connectionId, item);
            }
            // Everything in it is known by now, so this stores nothing and moves on.
            return polling.store(connectionId, request, new FetchedPage(List.of(), page.next(), page.nextSource()));
        }
    }

    private void storeAlone(UUID connectionId, FetchedItem item) {
        try {
            polling.storeAlone(connectionId, item);
        } catch (RuntimeException itemFailure) {
            LOG.errorf(
                    itemFailure,
                    "a review could not be stored: connectionId=%s externalId=%s",
                    connectionId,
                    item.externalId());
            // If it is the database that is away, this fails too, and the whole poll is tried again.
            polling.storeAlone(
                    connectionId,
                    new FetchedItem.Unreadable(item.externalId(), item.raw(), "The review could not be stored."));
        }
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        polling.comeBackLater(item.payloadAs(Payload.class).connectionId());
    }
}
