package org.stonechat.kit.problem;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// Tells a database that is away, restarting or out of connections from everything else that can go wrong.
final class DatabaseAway {

    /// SQLSTATE classes: connection, resources, operator (shutdown), system.
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    private DatabaseAway() {}

    static boolean isReason(Throwable failure) {
        return isReason(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean isReason(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        if (failure instanceof SQLException sql && isAway(sql)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (isReason(suppressed, seen)) {
                return true;
            }
        }
        return isReason(failure.getCause(), seen);
    }

    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            // Agroal's own: no connection in time, or a pool that is being flushed.
            return failure instanceof SQLTransientException
                    || String.valueOf(failure.getMessage()).contains("timeout");
        }
        // A statement that was cancelled because it took too long is nobody's outage.
        return state.length() == 5 && CLASSES.contains(state.substring(0, 2)) && !state.equals("57014");
    }
}
