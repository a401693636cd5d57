package org.stonechat.e2e.faults;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Disappointment;

/// Sends a request again and again, always the same one, until it is acknowledged or refused, and keeps the
/// journal.
final class Attempts {

    /// Outlasts a row of kills: an operation may meet each of them.
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Journal journal;
    private final InstantSource clock;
    private final String target;

    Attempts(Journal journal, InstantSource clock, String target) {
        this.journal = journal;
        this.clock = clock;
        this.target = target;
    }

    /// What is asked for.
    record Order(
            Operation operation,
            UUID key,
            @Nullable String parent,
            @Nullable String address) {

        static Order of(Operation operation, @Nullable String parent, @Nullable String address) {
            return new Order(operation, UUID.randomUUID(), parent, address);
        }
    }

    /// Over HTTP.
    ///
    /// @param id what the answer says that was made
    /// @return the id; empty when it was refused, or when nobody answered for very long
    Optional<String> untilAnswered(Order order, Supplier<Answer> request, Function<Answer, String> id) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int attempt = 1; ; attempt++) {
            write(order, Entry.State.SENT, attempt, null, null);
            Duration pause = PAUSE.multipliedBy(Math.min(attempt, 8));
            try {
                Answer answer = request.get();
                if (answer.status() / 100 == 2) {
                    String made = id.apply(answer);
                    write(order, Entry.State.ACKNOWLEDGED, attempt, made, null);
                    return Optional.of(made);
                }
                String detail = answer.status() + " " + shortened(answer.text());
                if (!mayPass(answer)) {
                    write(order, Entry.State.REFUSED, attempt, null, detail);
                    return Optional.empty();
                }
                write(order, Entry.State.UNANSWERED, attempt, null, detail);
                pause = retryAfter(answer).orElse(pause);
            } catch (Disappointment unanswered) {
                write(order, Entry.State.UNANSWERED, attempt, null, unanswered.getMessage());
            }
            if (System.nanoTime() > end) {
                return Optional.empty();
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /// Something that is done or fails, without an answer to look at.
    boolean untilDone(Order order, Supplier<String> action) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int attempt = 1; System.nanoTime() < end; attempt++) {
            write(order, Entry.State.SENT, attempt, null, null);
            try {
                write(order, Entry.State.ACKNOWLEDGED, attempt, action.get(), null);
                return true;
            } catch (Disappointment failure) {
                write(order, Entry.State.UNANSWERED, attempt, null, failure.getMessage());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return false;
    }

    private void write(Order order, Entry.State state, int attempt, @Nullable String id, @Nullable String detail) {
        journal.write(new Entry(
                clock.instant(),
                target,
                order.operation(),
                order.key(),
                state,
                attempt,
                id,
                order.parent(),
                order.address(),
                detail));
    }

    /// Whether the same request may be answered differently later: the server's own failures, limits, and a
    /// first attempt that is still running.
    private static boolean mayPass(Answer answer) {
        return answer.status() >= 500
                || answer.status() == 429
                || answer.status() == 408
                || (answer.status() == 409 && answer.text().contains("idempotency-in-flight"));
    }

    private static Optional<Duration> retryAfter(Answer answer) {
        return answer.header("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,4}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(wait -> wait.compareTo(LONGEST_PAUSE) > 0 && answer.status() != 429 ? LONGEST_PAUSE : wait);
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
