package org.stonechat.ticket.ticket;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

/// Closes what has been solved for long enough.
@ApplicationScoped
class AutoCloseWork implements WorkHandler {

    static final String KIND = "ticket-auto-close";

    private final TicketChanges changes;

    AutoCloseWork(TicketChanges changes) {
        this.changes = changes;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome perform(WorkItem item) {
        // The ticket's state is looked at in the outcome's transaction, under its lock.
        return Outcome.done(() -> changes.closeSolved(UUID.fromString(item.subject())));
    }
}
