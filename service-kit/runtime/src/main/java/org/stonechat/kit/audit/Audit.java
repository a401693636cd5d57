package org.stonechat.kit.audit;

import java.time.Instant;
import java.time.InstantSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.Uuid7;

/// Leaves a line for what administrators do. Refusals leave theirs by themselves.
///
/// A line names things by their ids and kinds: never a secret, a token, or what somebody wrote.
@ApplicationScoped
public class Audit {

    private final AuditTable table;
    private final Cause cause;
    private final InstantSource clock;

    Audit(AuditTable table, Cause cause, InstantSource clock) {
        this.table = table;
        this.cause = cause;
        this.clock = clock;
    }

    /// In the transaction of the change: there is a line if, and only if, there is the change. Without changes there is
    /// none.
    ///
    /// @param kind what was changed, as its address names it in the singular, such as `role`
    /// @param id   which one
    @Transactional(Transactional.TxType.MANDATORY)
    public void changed(String kind, Object id, Changes changes) {
        if (!changes.isEmpty()) {
            table.insert(line(kind, id, null, changes));
        }
    }

    /// For what an operator has done to the service itself.
    ///
    /// @param kind      what it was done to, such as `rebuild`
    /// @param id        which one; null when there is only one
    /// @param operation what was done, such as `start`
    @Transactional
    public void did(String kind, @Nullable Object id, String operation) {
        table.insert(line(kind, id, operation, Changes.none()));
    }

    private AuditLine line(String kind, @Nullable Object id, @Nullable String operation, Changes changes) {
        Instant now = clock.instant();
        Actor actor = cause.actor();
        return new AuditLine(
                Uuid7.next(),
                AuditLine.Outcome.CHANGED,
                kind,
                id == null ? null : id.toString(),
                operation,
                null,
                actor.kind(),
                actor.id(),
                changes.fields(),
                1,
                cause.correlationId(),
                now,
                now);
    }
}
