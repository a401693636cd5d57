package org.stonechat.ticket.ticket;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;

/// Which moments can be a due date.
final class DueDates {

    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private DueDates() {}

    /// @throws ProblemException 400 for a moment that no calendar in use knows
    static void requirePossible(@Nullable Instant due) {
        if (due != null && (due.isBefore(FIRST) || due.isAfter(LAST))) {
            throw ProblemException.invalid("/dueAt", "It must lie between the years 1970 and 9999.");
        }
    }
}
