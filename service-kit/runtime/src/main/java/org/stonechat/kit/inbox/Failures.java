package org.stonechat.kit.inbox;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

import jakarta.transaction.RollbackException;

import org.jspecify.annotations.Nullable;

/// Tells a failure that passes from one that stays. What is not known to pass stays, so that it is seen.
final class Failures {

    /// SQLSTATE classes: connection, rollback (serialisation, deadlock), resources, operator (shutdown),
    /// system.
    private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57", "58");

    private Failures() {}

    static boolean isTransient(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            switch (cause) {
                case PermanentFailure permanent -> {
                    return false;
                }
                case TransientFailure passing -> {
                    return true;
                }
                case SQLTransientException passing -> {
                    return true;
                }
                case SQLRecoverableException passing -> {
                    return true;
                }
                case SQLException sql
                when isPassing(sql) -> {
                    return true;
                }
                case IOException io -> {
                    return !(io instanceof com.fasterxml.jackson.core.JacksonException);
                }
                case RollbackException rollback
                when rollback.getCause() == null -> {
                    return true;
                }
                default -> {}
            }
            for (Throwable suppressed : cause.getSuppressed()) {
                if (suppressed instanceof SQLException sql && isPassing(sql)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// One sentence for the ledger, without a class name where the failure brings words of its own.
    static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root && !(root instanceof PermanentFailure)) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
    }

    private static boolean isPassing(SQLException failure) {
        String state = failure.getSQLState();
        // Agroal's own "no connection in time" comes without a state.
        return state == null
                ? failure.getMessage() != null && failure.getMessage().contains("timeout")
                : state.length() >= 2 && PASSING.contains(state.substring(0, 2));
    }
}
