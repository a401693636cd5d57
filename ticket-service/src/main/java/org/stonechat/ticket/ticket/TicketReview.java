package org.stonechat.ticket.ticket;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/// The review a ticket was made of.
@Entity
@Table(name = "ticket_review")
public class TicketReview {

    @Id
    @Column(name = "ticket_id")
    private UUID ticketId;

    @Column(name = "review_id")
    private UUID reviewId;

    @Column(name = "connection_id")
    private @Nullable UUID connectionId;

    private String platform;

    @Column(name = "external_id")
    private @Nullable String externalId;

    @Column(name = "source_ref")
    private @Nullable String sourceRef;

    private String kind;
    private @Nullable Integer stars;
    private @Nullable BigDecimal rating;
    private @Nullable String title;
    private @Nullable String body;

    @Column(name = "author_name")
    private @Nullable String authorName;

    @Column(name = "author_address")
    private @Nullable String authorAddress;

    @Column(name = "order_reference")
    private @Nullable String orderReference;

    @Column(name = "product_sku")
    private @Nullable String productSku;

    @Column(name = "sub_ratings")
    private @Nullable String subRatings;

    @Column(name = "reviewed_at")
    private @Nullable Instant reviewedAt;

    private int revision;

    @Column(name = "inbox_url")
    private @Nullable String inboxUrl;

    @Column(name = "can_reply")
    private boolean canReply;

    @Column(name = "can_mail_copy")
    private boolean canMailCopy;

    @Column(name = "reply_maximum")
    private @Nullable Integer replyMaximum;

    @Column(name = "reply_unit")
    private @Nullable String replyUnit;

    @Column(name = "reply_url")
    private @Nullable String replyUrl;

    protected TicketReview() {}

    TicketReview(UUID ticketId, ReviewFacts facts) {
        this.ticketId = ticketId;
        this.reviewId = facts.reviewId();
        this.canReply = facts.canReply();
        this.canMailCopy = facts.canMailCopy();
        this.replyMaximum = facts.replyMaximum();
        this.replyUnit = facts.replyUnit();
        take(facts);
    }

    /// The customer has changed the review.
    ///
    /// @return false when this revision is no newer than what is shown
    public boolean revise(ReviewFacts facts) {
        if (facts.revision() <= revision) {
            return false;
        }
        take(facts);
        return true;
    }

    /// Whether the platform takes a reply to it.
    public void answerable(boolean now) {
        canReply = now;
    }

    /// Where the reply can be looked at.
    public void replied(@Nullable String url) {
        replyUrl = url;
    }

    /// Whether a reply of this text is longer than the platform allows.
    public boolean tooLong(String reply) {
        return replyMaximum != null && lengthOf(reply) > replyMaximum;
    }

    /// In the unit the platform counts in.
    public int lengthOf(String reply) {
        return switch (replyUnit) {
            case "BYTES" -> reply.getBytes(StandardCharsets.UTF_8).length;
            case "CODE_POINTS" -> reply.codePointCount(0, reply.length());
            case null, default -> reply.length();
        };
    }

    private void take(ReviewFacts facts) {
        connectionId = facts.connectionId();
        platform = facts.platform();
        externalId = facts.externalId();
        sourceRef = facts.sourceRef();
        kind = facts.kind();
        stars = facts.stars();
        rating = facts.rating();
        title = facts.title();
        body = facts.body();
        authorName = facts.authorName();
        authorAddress = facts.authorAddress();
        orderReference = facts.orderReference();
        productSku = facts.productSku();
        subRatings = facts.subRatings();
        reviewedAt = facts.reviewedAt();
        revision = facts.revision();
        inboxUrl = facts.inboxUrl();
    }

    public UUID ticketId() {
        return ticketId;
    }

    public UUID reviewId() {
        return reviewId;
    }

    public String platform() {
        return platform;
    }

    /// The platform's channel, location or app it was written for.
    public @Nullable String sourceRef() {
        return sourceRef;
    }

    public String kind() {
        return kind;
    }

    public @Nullable Integer stars() {
        return stars;
    }

    public @Nullable BigDecimal rating() {
        return rating;
    }

    public @Nullable String title() {
        return title;
    }

    public @Nullable String body() {
        return body;
    }

    public @Nullable String authorName() {
        return authorName;
    }

    public @Nullable String authorAddress() {
        return authorAddress;
    }

    public @Nullable String orderReference() {
        return orderReference;
    }

    public @Nullable String productSku() {
        return productSku;
    }

    public @Nullable String subRatings() {
        return subRatings;
    }

    public @Nullable Instant reviewedAt() {
        return reviewedAt;
    }

    public int revision() {
        return revision;
    }

    public @Nullable String inboxUrl() {
        return inboxUrl;
    }

    public boolean canReply() {
        return canReply;
    }

    public boolean canMailCopy() {
        return canMailCopy;
    }

    public @Nullable Integer replyMaximum() {
        return replyMaximum;
    }

    public @Nullable String replyUnit() {
        return replyUnit;
    }

    public @Nullable String replyUrl() {
        return replyUrl;
    }
}
