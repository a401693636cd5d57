package org.stonechat.e2e.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/// Server-sent events, read as the HTML standard says.
public final class EventStream implements AutoCloseable {

    /// Put after the last event; no server sends one of this name.
    private static final String ENDED = "(ended)";

    private final InputStream body;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private @Nullable String lastId;

    private EventStream(InputStream body) {
        this.body = body;
        Thread.ofVirtual().name("event-stream").start(this::read);
    }

    /// @param id what the stream can be resumed after; null when the event has none
    public record Event(String name, @Nullable String id, String data) {}

    /// @param request with the token in it
    /// @throws Disappointment when there is no stream
    public static EventStream open(Web web, HttpRequest.Builder request) {
        HttpRequest built = request.header("Accept", "text/event-stream").build();
        try {
            HttpResponse<InputStream> response = web.client().send(built, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new Disappointment(built.uri() + " was answered with " + response.statusCode());
            }
            return new EventStream(response.body());
        } catch (IOException e) {
            throw new Disappointment(built.uri() + " was not answered: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Disappointment(built.uri() + " was interrupted", e);
        }
    }

    /// Waits for the next event of a name; those before it are passed over.
    public Event next(String name) {
        return next(name, Patience.USUAL, event -> true)
                .orElseThrow(() ->
                        new Disappointment("waited " + Patience.USUAL.toSeconds() + " s in vain for an event " + name));
    }

    /// Waits for an event that fits; those before it are passed over.
    ///
    /// @return empty when none came in time, or none will come because the stream has ended
    public Optional<Event> next(String name, Duration patience, Predicate<Event> fits) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                Event event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event == null) {
                    return Optional.empty();
                }
                if (event.name().equals(ENDED)) {
                    events.add(event);
                    return Optional.empty();
                }
                if (event.id() != null) {
                    lastId = event.id();
                }
                if (event.name().equals(name) && fits.test(event)) {
                    return Optional.of(event);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Disappointment("interrupted while waiting for an event " + name, e);
        }
    }

    /// Whether all events that ever came were taken, and no more will come.
    public boolean hasEnded() {
        Event first = events.peek();
        return first != null && first.name().equals(ENDED);
    }

    /// Of the last event that was taken and had one.
    public Optional<String> lastId() {
        return Optional.ofNullable(lastId);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String name = "message";
            String id = null;
            StringBuilder data = new StringBuilder();
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.isEmpty()) {
                    if (!data.isEmpty() || id != null || !name.equals("message")) {
                        events.add(new Event(name, id, data.toString()));
                    }
                    name = "message";
                    id = null;
                    data.setLength(0);
                } else if (!line.startsWith(":")) {
                    int colon = line.indexOf(':');
                    String field = colon < 0 ? line : line.substring(0, colon);
                    String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
                    switch (field) {
                        case "event" -> name = value;
                        case "id" -> id = value;
                        case "data" -> data.append(value);
                        default -> {
                            // Others, such as `retry`, say nothing here.
                        }
                    }
                }
            }
            events.add(new Event(ENDED, null, "by the server"));
        } catch (IOException closed) {
            events.add(new Event(ENDED, null, String.valueOf(closed.getMessage())));
        }
    }

    /// Hangs up.
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new Disappointment("the stream could not be closed: " + e.getMessage(), e);
        }
    }
}
