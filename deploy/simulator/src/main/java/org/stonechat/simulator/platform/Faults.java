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
        /// The reply is stored (and mailed), and the answer comes after `delay`.
        REPLY_STORED_BUT_SLOW,
        /// The answer comes after `delay`.
        SLOW,
        /// Every item of a page comes twice.
        DOUBLED_PAGE,
        /// The items of a page come in the wrong order.
        REORDERED_PAGE,
        /// While one pages, another review comes in.
        INSERT_WHILE_PAGING,
        /// The answer breaks off in the middle of its JSON.
        BROKEN_JSON
    }

    /// @param retryAfter for RATE_LIMITED
    /// @param delay      for SLOW and REPLY_STORED_BUT_SLOW
    /// @param only       a part of the address of the calls that are meant; null for all calls
    public record Fault(
            Kind kind,
            @Nullable Duration retryAfter,
            @Nullable Duration delay,
            @Nullable String only) {

        boolean means(String address) {
            return only == null || address.contains(only);
        }
    }

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

    /// The next fault of a kind that is meant for a call, which is then used up.
    ///
    /// @param address path and query of the call
    synchronized Optional<Fault> take(Kind kind, String address) {
        Deque<Fault> queue = waiting.get(kind);
        if (queue == null) {
            return Optional.empty();
        }
        Optional<Fault> next =
                queue.stream().filter(fault -> fault.means(address)).findFirst();
        next.ifPresent(queue::remove);
        return next;
    }

    synchronized boolean happens(Kind kind, String address) {
        return take(kind, address).isPresent();
    }
}
