package org.stonechat.ticket.viewer;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.listen.NotificationListener;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.AccessWatch;
import org.stonechat.ticket.TicketError;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/// The windows that are open on this replica. Each has a virtual thread that keeps its own row alive and
/// tells the client who else is there, whenever that changes.
@ApplicationScoped
class ViewerStreams {

    private static final Logger LOG = Logger.getLogger(ViewerStreams.class);

    private final ViewerTable table;
    private final ViewerConfig config;
    private final InstantSource clock;
    private final AccessWatch access;
    private final Optional<String> url;
    private final Optional<String> user;
    private final Optional<String> password;
    private final Map<UUID, Window> open = new ConcurrentHashMap<>();
    private volatile boolean closing;
    private @Nullable NotificationListener listener;

    ViewerStreams(
            ViewerTable table,
            ViewerConfig config,
            InstantSource clock,
            AccessWatch access,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") Optional<String> url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.table = table;
        this.config = config;
        this.clock = clock;
        this.access = access;
        this.url = url;
        this.user = user;
        this.password = password;
        metrics.gauge("stonechat.ticket.viewer.streams", open, Map::size);
    }

    /// What a stream tells: everybody else.
    record Others(List<Viewer> viewers) {}

    /// The client went away, or was too slow.
    private static final class Gone extends Exception {
        Gone(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    /// An open window.
    private record Window(ViewerTable.Session session, Semaphore news, Thread thread) {}

    void start(@Observes @Priority(Integer.MAX_VALUE - 1) StartupEvent started) {
        NotificationListener hearing = new NotificationListener(
                url.orElseThrow(), user.orElse(""), password.orElse(""), ViewerTable.CHANNEL, this::heard);
        hearing.start();
        this.listener = hearing;
    }

    /// Ahead of everything else when the process is asked to stop: an open stream would keep it waiting.
    void closeEarly(@Observes ShutdownDelayInitiatedEvent stop) {
        closeAll();
    }

    void close(@Observes @Priority(1) ShutdownEvent stop) {
        closeAll();
        if (listener != null) {
            listener.close();
        }
    }

    private void closeAll() {
        closing = true;
        open.values().forEach(window -> window.thread().interrupt());
    }

    /// @param tickets where somebody came, left or types; empty when it may have been anywhere
    private void heard(List<String> tickets) {
        open.values().stream()
                .filter(window -> tickets.isEmpty()
                        || tickets.contains(window.session().ticketId().toString()))
                .forEach(window -> window.news().release());
    }

    /// Opens a stream, whose being open is what the others see.
    ///
    /// @param until when the client's token ends, and the stream with it
    /// @throws ProblemException 503 or 429 when there are too many
    void open(ViewerTable.Session session, Instant until, Sse sse, SseEventSink sink) {
        if (closing || open.size() >= config.mostStreams()) {
            throw new ProblemException(
                    CommonError.UNAVAILABLE, "Try again in a moment: another replica may have room.");
        }
        long mine = open.values().stream()
                .filter(window -> window.session().agentId().equals(session.agentId()))
                .count();
        if (mine >= config.mostStreamsPerPerson()) {
            throw new ProblemException(
                    TicketError.TOO_MANY_STREAMS,
                    "Close one of your " + config.mostStreamsPerPerson() + " open tickets first.");
        }
        Semaphore news = new Semaphore(1);
        Thread thread =
                Thread.ofVirtual().name("viewer-" + session.id()).unstarted(() -> run(session, until, news, sse, sink));
        open.put(session.id(), new Window(session, news, thread));
        thread.start();
    }

    private void run(ViewerTable.Session session, Instant until, Semaphore news, Sse sse, SseEventSink sink) {
        Thread self = Thread.currentThread();
        try (AccessWatch.Watch ignored = access.over(session.agentId(), self::interrupt)) {
            table.beThere(session, false, config.viewingLease());
            tell(session, until, news, sse, sink);
        } catch (Gone gone) {
            LOG.debugf("a window was closed: %s", gone.getMessage());
        } catch (InterruptedException stopped) {
            LOG.debug("a window is closed because the service stops or its person was dismissed");
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "the stream of a window broke off");
        } finally {
            open.remove(session.id());
            if (!sink.isClosed()) {
                sink.close();
            }
            leave(session);
        }
    }

    private void leave(ViewerTable.Session session) {
        // The interruption that ended the stream would end this too.
        Thread.interrupted();
        try {
            table.leave(session.id());
        } catch (RuntimeException failure) {
            // The lease runs out by itself.
            LOG.debug("it could not be told that a window was closed", failure);
        }
    }

    private void tell(ViewerTable.Session session, Instant until, Semaphore news, Sse sse, SseEventSink sink)
            throws Gone, InterruptedException {
        List<Viewer> told = null;
        Instant nextKeepAlive = clock.instant().plus(config.keepAlive());
        while (!closing && !sink.isClosed() && clock.instant().isBefore(until)) {
            boolean changed = news.tryAcquire(config.look().toMillis(), TimeUnit.MILLISECONDS);
            boolean due = !clock.instant().isBefore(nextKeepAlive);
            if (changed || due) {
                news.drainPermits();
                List<Viewer> others = table.others(session.ticketId(), session.agentId());
                if (!others.equals(told)) {
                    send(sink, event(sse, others));
                    told = others;
                }
            }
            if (due) {
                send(sink, sse.newEventBuilder().comment("keep-alive").build());
                if (!table.renew(session.id(), config.viewingLease())) {
                    table.beThere(session, false, config.viewingLease());
                }
                nextKeepAlive = clock.instant().plus(config.keepAlive());
            }
        }
    }

    private static OutboundSseEvent event(Sse sse, List<Viewer> others) {
        return sse.newEventBuilder()
                .name("viewers")
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, EventJson.write(new Others(others)))
                .build();
    }

    private void send(SseEventSink sink, OutboundSseEvent event) throws Gone, InterruptedException {
        try {
            sink.send(event).toCompletableFuture().get(config.slowestClient().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw new Gone("the client takes too long", slow);
        } catch (ExecutionException | IllegalStateException closed) {
            throw new Gone("the client went away", closed);
        }
    }
}
