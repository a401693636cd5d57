package org.stonechat.review.review;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The platform no longer shows the review, or no longer knows it: nobody can answer it.
public record ReviewWithdrawn(Data data, ReviewPerson personal) implements DomainEvent {

    /// @param canReply always false
    /// @param reopen   whether its ticket should be looked at again
    public record Data(@JsonUnwrapped ReviewFacts facts, boolean canReply, boolean reopen) {}
}
