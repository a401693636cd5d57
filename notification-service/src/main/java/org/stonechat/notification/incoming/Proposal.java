package org.stonechat.notification.incoming;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// The ticket a mail seems to belong to; the ticket service decides.
///
/// @param agentId the agent whose own address was used
/// @param forward the forward whose address was used; null when it was another address, or none
record Proposal(
        @Nullable UUID ticketId,
        @Nullable FoundBy foundBy,
        @Nullable UUID agentId,
        @Nullable Forward forward) {

    static final Proposal NONE = new Proposal(null, null, null);

    /// @param agentId whom it went to, when that was one agent alone
    record Forward(@Nullable UUID agentId) {}

    Proposal(@Nullable UUID ticketId, @Nullable FoundBy foundBy, @Nullable UUID agentId) {
        this(ticketId, foundBy, agentId, null);
    }

    enum FoundBy {
        SIGNED_ADDRESS,
        REFERENCES,
        SUBJECT_TOKEN
    }
}
