package org.stonechat.ticket.customer;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketReview;

@Schema(name = "CustomerReview")
record CustomerReview(
        UUID id,
        UUID ticketId,
        long ticketNumber,
        String platform,

        @Schema(enumeration = {"SERVICE", "PRODUCT", "APP", "LOCATION"})
        String kind,

        @Nullable Integer stars,
        @Nullable String title,
        @Nullable String text,
        @Nullable String orderReference,
        @Nullable String productSku,
        @Nullable Instant reviewedAt,

        @Schema(description = "Where our answer stands on the platform; null while there is none") @Nullable
        String replyUrl) {

    static CustomerReview from(TicketReview review, Ticket ticket) {
        return new CustomerReview(
                review.reviewId(),
                ticket.id(),
                ticket.number(),
                review.platform(),
                review.kind(),
                review.stars(),
                review.title(),
                review.body(),
                review.orderReference(),
                review.productSku(),
                review.reviewedAt(),
                review.replyUrl());
    }
}
