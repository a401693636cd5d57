package org.stonechat.notification.incoming;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// The ticket a mail seems to belong to; the ticket service decides.
record Proposal(
        @Nullable UUID ticketId,
        @Nullable FoundBy foundBy,
        @Nullable UUID agentId) {

    static final Proposal NONE = new Proposal(null, null, null);

    enum FoundBy {
        SIGNED_ADDRESS,
        REFERENCES,
        SUBJECT_TOKEN
    }
}
