package org.stonechat.gateway;

import java.util.concurrent.ConcurrentHashMap;

import org.stonechat.http.BytesInFlight;

/// The room for bodies: what all callers together may hold, and of it what one may, so that nobody takes it from
/// everybody else.
final class CallerRoom {

    private final BytesInFlight all;
    private final long mostOfOne;

    /// Holds only callers who have something here, so it is no larger than the room for all allows.
    private final ConcurrentHashMap<String, Long> byCaller = new ConcurrentHashMap<>();

    CallerRoom(long most, long mostOfOne) {
        this.all = new BytesInFlight(most);
        this.mostOfOne = mostOfOne;
    }

    /// @return whether there was room; what was taken has to be given back
    boolean take(String caller, long bytes) {
        if (bytes == 0) {
            return true;
        }
        boolean[] within = {false};
        byCaller.compute(caller, (name, held) -> {
            long before = held == null ? 0 : held;
            within[0] = bytes <= mostOfOne - before && all.take(bytes);
            return within[0] ? Long.valueOf(before + bytes) : held;
        });
        return within[0];
    }

    void giveBack(String caller, long bytes) {
        if (bytes == 0) {
            return;
        }
        byCaller.computeIfPresent(caller, (name, held) -> held > bytes ? Long.valueOf(held - bytes) : null);
        all.giveBack(bytes);
    }

    long taken() {
        return all.taken();
    }
}
