package org.stonechat.http;

import java.util.concurrent.atomic.AtomicLong;

/// How much of what callers send may be held in memory at once, all requests together.
public final class BytesInFlight {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    public BytesInFlight(long most) {
        this.most = most;
    }

    /// @return whether there was room; what was taken has to be given back
    public boolean take(long bytes) {
        return takeLeaving(0, bytes);
    }

    /// @param reserve what has to stay free for others
    /// @return whether there was room; what was taken has to be given back
    public boolean takeLeaving(long reserve, long bytes) {
        while (true) {
            long before = taken.get();
            if (bytes > most - reserve - before) {
                return false;
            }
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    public long taken() {
        return taken.get();
    }
}
