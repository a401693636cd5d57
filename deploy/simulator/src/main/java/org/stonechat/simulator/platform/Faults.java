package org.stonechat.simulator.platform;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/// What shall go wrong at the platform, and how often. It is forgotten at a restart.
@ApplicationScoped
public class Faults {

    /// The ways a platform misbehaves.
    public enum Kind {
        /// 429 with `Retry-After`.
        RATE_LIMITED,
        /// The token is no longer good, whatever it was told.
        TOKEN_EXPIRED,
        /// 500 without having done anything.
        SERVER_ERROR,
        /// The reply is stored (and mailed), but the answer is 500.
        REPLY_STORED_BUT_500,
        /// The answer comes after `delay`.
        SLOW,
        /// Every item of a page comes twice.
        DOUBLED_PAGE,
        /// The items of a page come in the wrong order.
        REORDERED_PAGE,
        /// While one pages, another review comes in.
        INSERT_WHILE_PAGING
    }

    /// @param retryAfter for RATE_LIMITED
    /// @param delay      for SLOW
    public record Fault(
            Kind kind,
            @Nullable Duration retryAfter,
            @Nullable Duration delay) {}

    private final Map<Kind, Deque<Fault>> waiting = new EnumMap<>(Kind.class);

    public synchronized void inject(Fault fault, int count) {
        Deque<Fault> queue = waiting.computeIfAbsent(fault.kind(), kind -> new ArrayDeque<>());
        for (int i = 0; i < count; i++) {
            queue.add(fault);
        }
    }

    public synchronized void clear() {
        waiting.clear();
    }

    /// How often each fault is still to come.
    public synchronized Map<Kind, Integer> remaining() {
        Map<Kind, Integer> remaining = new EnumMap<>(Kind.class);
        waiting.forEach((kind, queue) -> {
            if (!queue.isEmpty()) {
                remaining.put(kind, queue.size());
            }
        });
        return remaining;
    }

    synchronized Optional<Fault> take(Kind kind) {
        Deque<Fault> queue = waiting.get(kind);
        return queue == null ? Optional.empty() : Optional.ofNullable(queue.poll());
    }

    synchronized boolean happens(Kind kind) {
        return take(kind).isPresent();
    }
}
