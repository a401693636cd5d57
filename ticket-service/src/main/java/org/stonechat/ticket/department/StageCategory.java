package org.stonechat.ticket.department;

import java.util.EnumSet;
import java.util.Set;

/// What a stage means, whatever its label says. The state machine of tickets runs on this; the table of what may
/// follow what stands in the README too.
public enum StageCategory {
    NEW,
    OPEN,
    PENDING,
    ON_HOLD,
    SOLVED,
    CLOSED;

    /// True when the work is done: SOLVED and CLOSED.
    public boolean folded() {
        return this == SOLVED || this == CLOSED;
    }

    /// True when a customer's message brings the ticket back to the reopen stage.
    public boolean reopensOnCustomerMessage() {
        return this == PENDING || this == ON_HOLD || this == SOLVED;
    }

    /// What a ticket of this category can become. Another stage of the same category is always possible.
    public Set<StageCategory> successors() {
        return switch (this) {
            case NEW -> EnumSet.of(OPEN, PENDING, ON_HOLD, SOLVED, CLOSED);
            case OPEN -> EnumSet.of(PENDING, ON_HOLD, SOLVED, CLOSED);
            case PENDING -> EnumSet.of(OPEN, ON_HOLD, SOLVED, CLOSED);
            case ON_HOLD -> EnumSet.of(OPEN, PENDING, SOLVED, CLOSED);
            case SOLVED -> EnumSet.of(OPEN, PENDING, ON_HOLD, CLOSED);
            case CLOSED -> EnumSet.of(OPEN);
        };
    }

    public boolean mayBecome(StageCategory next) {
        return next == this || successors().contains(next);
    }
}
