package org.stonechat.simulator.platform;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

/// What the platform was asked and what it answered: the witness of who did what how often. It keeps the latest
/// calls, and forgets them at a restart.
@ApplicationScoped
public class CallJournal {

    private static final int KEPT = 50_000;

    private final Deque<Call> calls = new ArrayDeque<>();
    private final InstantSource clock;
    private long last;

    CallJournal(InstantSource clock) {
        this.clock = clock;
    }

    /// One call of the platform's API, signing in aside.
    ///
    /// @param number  counts all calls, from 1
    /// @param at      when it was answered
    /// @param address path and query
    /// @param status  of the answer
    public record Call(long number, Instant at, String method, String address, int status) {}

    synchronized void note(String method, String address, int status) {
        if (calls.size() == KEPT) {
            calls.removeFirst();
        }
        calls.addLast(new Call(++last, clock.instant(), method, address, status));
    }

    /// How many calls there were.
    public synchronized long last() {
        return last;
    }

    /// Those after the one with this number whose address holds these words.
    public synchronized List<Call> after(long number, String words) {
        return calls.stream()
                .filter(call -> call.number() > number && call.address().contains(words))
                .toList();
    }
}
