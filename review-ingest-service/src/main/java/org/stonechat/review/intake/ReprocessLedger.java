package org.stonechat.review.intake;

import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

/// Processes a connection's entries again, a batch at a time; where it stopped is in the next batch's payload.
@ApplicationScoped
class ReprocessLedger implements WorkHandler {

    static final String KIND = "reprocess-ledger";
    private static final int BATCH = 100;

    private final Ledger ledger;

    ReprocessLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    record Payload(
            UUID connectionId,
            Set<LedgerState> states,
            @Nullable UUID after) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome perform(WorkItem item) {
        Payload payload = item.payloadAs(Payload.class);
        return Outcome.done(
                () -> ledger.reprocessNext(payload.connectionId(), payload.states(), payload.after(), BATCH));
    }
}
