package org.stonechat.notification.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.AccessWatch;
import org.stonechat.notification.NotificationError;
import org.stonechat.notification.presence.Presence;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;

/// The open live streams of this replica: each has a virtual thread that pulls lines, leaves out what its
/// viewer may not see, and waits for the client to take each one.
@ApplicationScoped
class LiveStreams {

    private static final Logger LOG = Logger.getLogger(LiveStreams.class);

    private final LiveTail tail;
    private final LiveEvents events;
    private final LiveConfig config;
    private final Presence presence;
    private final InstantSource clock;
    private final AccessWatch access;
    private final Map<UUID, Thread> open = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> perPerson = new ConcurrentHashMap<>();
    private volatile boolean closing;

    LiveStreams(
            LiveTail tail,
            LiveEvents events,
            LiveConfig config,
            Presence presence,
            InstantSource clock,
            AccessWatch access,
            MeterRegistry metrics) {
        this.tail = tail;
        this.events = events;
        this.config = config;
        this.presence = presence;
        this.clock = clock;
        this.access = access;
        metrics.gauge("stonechat.live.streams", open, Map::size);
    }

    /// The client went away, or was too slow.
    private static final class Gone extends Exception {
        Gone(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    /// Opens a stream that goes on behind the given line.
    ///
    /// @param lastEventId the `id` of the last line the client has seen; null to begin now
    /// @throws ProblemException 503 or 429 when there are too many streams
    void open(Viewer viewer, @Nullable String lastEventId, Sse sse, SseEventSink sink) {
        if (closing || open.size() >= config.mostStreams()) {
            throw new ProblemException(
                    NotificationError.STREAMS_EXHAUSTED, "Try again in a moment: another replica may have room.");
        }
        int mine = perPerson.merge(viewer.id(), 1, Integer::sum);
        if (mine > config.mostStreamsPerPerson()) {
            release(viewer.id());
            throw new ProblemException(
                    NotificationError.TOO_MANY_STREAMS,
                    "Close one of your " + config.mostStreamsPerPerson() + " live streams first.");
        }
        UUID streamId = Uuid7.next();
        Thread thread = Thread.ofVirtual()
                .name("live-" + streamId)
                .unstarted(() -> run(streamId, viewer, lastEventId, new Client(sse, sink)));
        open.put(streamId, thread);
        thread.start();
    }

    /// Ahead of everything else when the process is asked to stop: an open stream would keep it waiting.
    void closeEarly(@Observes ShutdownDelayInitiatedEvent stop) {
        closeAll();
    }

    void close(@Observes @Priority(1) ShutdownEvent stop) {
        closeAll();
    }

    private void closeAll() {
        closing = true;
        open.values().forEach(Thread::interrupt);
    }

    private void release(UUID person) {
        perPerson.computeIfPresent(person, (id, count) -> count == 1 ? null : count - 1);
    }

    private void run(UUID streamId, Viewer viewer, @Nullable String lastEventId, Client client) {
        Thread self = Thread.currentThread();
        try (AccessWatch.Watch ignored = access.over(viewer.id(), self::interrupt)) {
            if (viewer.isStaff()) {
                presence.opened(viewer.id(), streamId);
            }
            tell(streamId, viewer, lastEventId, client);
        } catch (Gone gone) {
            LOG.debugf("a live stream ended: %s", gone.getMessage());
        } catch (InterruptedException stopped) {
            LOG.debug("a live stream is closed because the service stops or its person was dismissed");
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "a live stream broke off");
        } finally {
            open.remove(streamId);
            release(viewer.id());
            client.close();
            leave(streamId, viewer);
        }
    }

    private void leave(UUID streamId, Viewer viewer) {
        // The interruption that ended the stream would end this transaction too.
        Thread.interrupted();
        if (viewer.isStaff()) {
            try {
                presence.closed(viewer.id(), streamId);
            } catch (RuntimeException failure) {
                // The session expires by itself.
                LOG.debug("presence was not told that a live stream ended", failure);
            }
        }
    }

    private void tell(UUID streamId, Viewer viewer, @Nullable String lastEventId, Client client)
            throws Gone, InterruptedException {
        LiveCursor cursor = begin(lastEventId, client);
        Instant nextKeepAlive = clock.instant().plus(config.keepAlive());
        while (!closing && client.isOpen()) {
            Instant now = clock.instant();
            if (!now.isBefore(viewer.until())) {
                return;
            }
            List<LiveLine> lines = tail.after(cursor, patience(now, nextKeepAlive, viewer.until()));
            for (LiveLine line : lines) {
                if (viewer.sees(line, tail.teams())) {
                    client.send(line);
                }
                cursor = line.cursor();
            }
            if (!clock.instant().isBefore(nextKeepAlive)) {
                // The id moves on with what the viewer may not see, so that resuming does not go over it again.
                client.keepAlive(cursor);
                if (viewer.isStaff()) {
                    presence.stays(viewer.id(), streamId);
                }
                nextKeepAlive = clock.instant().plus(config.keepAlive());
            }
        }
    }

    /// Finds the place to go on from, and says where the stream begins: `ready` when nothing was missed,
    /// `reset` when what came after the client's last line is no longer kept, so that it has to read
    /// everything anew.
    private LiveCursor begin(@Nullable String lastEventId, Client client) throws Gone, InterruptedException {
        LiveEvents.Bounds bounds = events.bounds();
        Optional<LiveCursor> resumed = LiveCursor.parse(lastEventId);
        boolean lost = lastEventId != null
                && !lastEventId.isBlank()
                && (resumed.isEmpty()
                        || resumed.get().compareTo(bounds.horizon()) < 0
                        // From an installation whose counters were further: not from this one.
                        || resumed.get().transactionId() > bounds.safe().transactionId());
        LiveCursor cursor = lost || resumed.isEmpty() ? bounds.safe() : resumed.get();
        client.announce(lost ? "reset" : "ready", cursor);
        return cursor;
    }

    private static Duration patience(Instant now, Instant nextKeepAlive, Instant until) {
        Instant end = nextKeepAlive.isBefore(until) ? nextKeepAlive : until;
        return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
    }

    /// The other end of a stream.
    private final class Client {

        private final Sse sse;
        private final SseEventSink sink;

        Client(Sse sse, SseEventSink sink) {
            this.sse = sse;
            this.sink = sink;
        }

        boolean isOpen() {
            return !sink.isClosed();
        }

        void send(LiveLine line) throws Gone, InterruptedException {
            send(event(line.type(), line.cursor(), line.payload()));
        }

        void announce(String name, LiveCursor cursor) throws Gone, InterruptedException {
            send(event(name, cursor, "{}"));
        }

        void keepAlive(LiveCursor cursor) throws Gone, InterruptedException {
            send(sse.newEventBuilder()
                    .comment("keep-alive")
                    .id(cursor.toString())
                    .build());
        }

        private OutboundSseEvent event(String name, LiveCursor cursor, String payload) {
            return sse.newEventBuilder()
                    .name(name)
                    .id(cursor.toString())
                    .mediaType(MediaType.TEXT_PLAIN_TYPE)
                    .data(String.class, payload)
                    .build();
        }

        private void send(OutboundSseEvent event) throws Gone, InterruptedException {
            try {
                sink.send(event)
                        .toCompletableFuture()
                        .get(config.slowestClient().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException slow) {
                throw new Gone("the client takes too long", slow);
            } catch (ExecutionException | IllegalStateException closed) {
                throw new Gone("the client went away", closed);
            }
        }

        void close() {
            if (!sink.isClosed()) {
                sink.close();
            }
        }
    }
}
