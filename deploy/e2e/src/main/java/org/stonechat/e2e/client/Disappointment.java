package org.stonechat.e2e.client;

import org.jspecify.annotations.Nullable;

/// The platform did not do what was expected of it; the message says what, in words a person can act on.
public final class Disappointment extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Disappointment(String message) {
        super(message);
    }

    public Disappointment(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// Throws when a claim does not hold.
    ///
    /// @param claim what should be true: "the ticket is solved"
    public static void unless(boolean holds, String claim, @Nullable Object seen) {
        if (!holds) {
            throw new Disappointment("expected that " + claim + ", but saw " + seen);
        }
    }
}
