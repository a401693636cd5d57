package org.stonechat.review.review;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The content of a review has changed.
public record ReviewRevised(Data data, ReviewPerson personal) implements DomainEvent {

    /// @param canReply whether it can be answered now
    /// @param reopen   whether its ticket should be looked at again
    public record Data(@JsonUnwrapped ReviewFacts facts, boolean canReply, boolean reopen) {}
}
