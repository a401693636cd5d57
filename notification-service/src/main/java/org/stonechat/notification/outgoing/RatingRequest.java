package org.stonechat.notification.outgoing;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A request to rate, as far as it is read here. The rating service has rendered it; it is sent as it is.
public final class RatingRequest {

    private RatingRequest() {}

    public record Data(
            UUID requestId,
            UUID ticketId,
            UUID departmentId,
            @Nullable String language) {}

    /// Everything in it is null once its contact was erased.
    public record Personal(
            NewMessage.@Nullable Address recipient,
            @Nullable String subject,
            @Nullable String html,
            @Nullable String text) {}
}
