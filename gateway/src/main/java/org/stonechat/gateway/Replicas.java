package org.stonechat.gateway;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/// All copies of one service, taken in turn.
public final class Replicas {

    private final String service;
    private final List<Replica> all;
    private final AtomicInteger turn = new AtomicInteger();

    Replicas(String service, List<Replica> all) {
        this.service = service;
        this.all = List.copyOf(all);
    }

    public String service() {
        return service;
    }

    public List<Replica> all() {
        return all;
    }

    /// The next ready replica that is not among the tried ones; when there is none, one that is not ready,
    /// because its own word (or its refused connection) tells the caller more than ours; null when all have
    /// been tried.
    public @Nullable Replica next(Set<Replica> tried) {
        int start = Math.floorMod(turn.getAndIncrement(), all.size());
        Replica lastResort = null;
        for (int i = 0; i < all.size(); i++) {
            Replica candidate = all.get((start + i) % all.size());
            if (tried.contains(candidate)) {
                continue;
            }
            if (candidate.isReady()) {
                return candidate;
            }
            if (lastResort == null) {
                lastResort = candidate;
            }
        }
        return lastResort;
    }
}
