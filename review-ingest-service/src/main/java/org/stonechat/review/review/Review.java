package org.stonechat.review.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Aggregate;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.review.connector.Capabilities;
import org.stonechat.review.connector.Platform;
import org.stonechat.review.connector.PlatformReply;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;
import org.stonechat.review.connector.SubRating;

/// A customer's review as it was seen last. It exists once per connection and platform id, however often it
/// is seen.
@Entity
@Table(name = "review")
public class Review implements Aggregate {

    /// No content has this hash: whatever comes back is a change.
    private static final String GONE = "gone";

    @Id
    private UUID id;

    private long sequence;

    @Column(name = "connection_id")
    private UUID connectionId;

    @Enumerated(EnumType.STRING)
    private Platform platform;

    @Column(name = "external_id")
    private String externalId;

    @Column(name = "source_ref")
    private @Nullable String sourceRef;

    @Enumerated(EnumType.STRING)
    private ReviewKind kind;

    @Enumerated(EnumType.STRING)
    private ReviewState state;

    @Column(name = "raw_state")
    private String rawState;

    @Column(precision = 3, scale = 2)
    private @Nullable BigDecimal rating;

    private @Nullable Integer stars;

    @Column(name = "sub_ratings")
    @Convert(converter = SubRatingsConverter.class)
    private List<SubRating> subRatings;

    private @Nullable String language;
    private @Nullable String title;
    private @Nullable String body;

    @Column(name = "author_name")
    private @Nullable String authorName;

    @Column(name = "author_email")
    private @Nullable String authorEmail;

    @Column(name = "order_reference")
    private @Nullable String orderReference;

    @Column(name = "product_sku")
    private @Nullable String productSku;

    @Column(name = "product_name")
    private @Nullable String productName;

    @Column(name = "submitted_at")
    private Instant submittedAt;

    @Column(name = "platform_updated_at")
    private Instant platformUpdatedAt;

    @Column(name = "content_hash")
    private String contentHash;

    private int revision;

    @Column(name = "inbox_url")
    private @Nullable String inboxUrl;

    @Column(name = "platform_reply_text")
    private @Nullable String platformReplyText;

    @Column(name = "platform_reply_at")
    private @Nullable Instant platformReplyAt;

    @Column(name = "department_id")
    private UUID departmentId;

    @Column(name = "team_id")
    private @Nullable UUID teamId;

    @Column(name = "assignee_id")
    private @Nullable UUID assigneeId;

    @Column(name = "ticket_id")
    private @Nullable UUID ticketId;

    private boolean routed;

    @Column(name = "imported_at")
    private Instant importedAt;

    @Column(name = "gone_at")
    private @Nullable Instant goneAt;

    // Walks mark it past the entity, many at a time.
    @Column(name = "seen_at", updatable = false)
    private @Nullable Instant seenAt;

    protected Review() {}

    /// Whose review it is: the connection it came through, as far as a review has to know it.
    public record Origin(
            UUID connectionId,
            Platform platform,
            UUID departmentId,
            @Nullable String inboxUrl) {}

    public static Review create(UUID id, Origin origin, PlatformReview seen, Instant now) {
        Review review = new Review();
        review.id = id;
        review.connectionId = origin.connectionId();
        review.platform = origin.platform();
        review.departmentId = origin.departmentId();
        review.inboxUrl = origin.inboxUrl();
        review.externalId = seen.externalId();
        review.importedAt = now;
        review.seenAt = now;
        review.take(seen);
        review.takeReply(seen.shownReply());
        return review;
    }

    public ReviewImported imported() {
        return new ReviewImported(facts(), person());
    }

    /// Whether that is older than what is known.
    public boolean knowsLaterThan(PlatformReview seen) {
        return goneAt == null && seen.updatedAt().isBefore(platformUpdatedAt);
    }

    /// Takes in what the platform shows now, apart from its answer.
    ///
    /// @param capabilities what the platform offers
    /// @param reopen       whether an edit should bring the ticket back
    /// @param reopenWithdrawn whether it should when the review is shown no longer
    /// @return the event, or null when a reader would see no difference, or when it is older than what is known
    public @Nullable DomainEvent see(
            PlatformReview seen, Capabilities capabilities, boolean reopen, boolean reopenWithdrawn) {
        if (knowsLaterThan(seen)) {
            return null;
        }
        goneAt = null;
        if (seen.contentHash().equals(contentHash)) {
            platformUpdatedAt = seen.updatedAt();
            return null;
        }
        boolean stood = state.standing();
        take(seen);
        if (stood && !state.standing()) {
            return withdrawn(reopenWithdrawn);
        }
        return new ReviewRevised(new ReviewRevised.Data(facts(), answerable(capabilities), reopen), person());
    }

    /// The platform knows it no longer. It may come back.
    ///
    /// @return null when that is known
    public @Nullable ReviewWithdrawn gone(Instant now, boolean reopen) {
        if (goneAt != null) {
            return null;
        }
        goneAt = now;
        boolean stood = state.standing();
        state = ReviewState.WITHDRAWN;
        contentHash = GONE;
        revision++;
        return stood ? withdrawn(reopen) : null;
    }

    private ReviewWithdrawn withdrawn(boolean reopen) {
        return new ReviewWithdrawn(new ReviewWithdrawn.Data(facts(), false, reopen), person());
    }

    private boolean answerable(Capabilities capabilities) {
        return capabilities.reply() && state.standing() && platformReplyText == null;
    }

    /// Somebody has answered on the platform itself.
    ///
    /// @param reopen whether that should bring the ticket back
    public ReviewAnsweredElsewhere answeredElsewhere(PlatformReply reply, boolean reopen) {
        takeReply(reply);
        return new ReviewAnsweredElsewhere(
                new ReviewAnsweredElsewhere.Data(id, ticketId, reply.at(), reopen, inboxUrl),
                new ReviewAnsweredElsewhere.Personal(reply.text()));
    }

    /// No answer stands under it any more.
    ///
    /// @param message   the ticket's message, when the answer was one
    /// @param elsewhere it was not taken back from here
    public ReviewReplyRemoved replyRemoved(@Nullable UUID message, Instant at, boolean elsewhere) {
        takeReply(null);
        return new ReviewReplyRemoved(
                new ReviewReplyRemoved.Data(id, ticketId, message, at, elsewhere), new ReviewReplyRemoved.Personal());
    }

    public ReviewReported reported(
            UUID report, String reason, String description, @Nullable String caseId, Instant at) {
        return new ReviewReported(
                new ReviewReported.Data(id, ticketId, report, reason, caseId, at),
                new ReviewReported.Personal(description));
    }

    public ReportResolved reportResolved(
            UUID report, String reason, String outcome, @Nullable String detail, Instant at) {
        return new ReportResolved(
                new ReportResolved.Data(id, ticketId, report, reason, outcome, detail, at),
                new ReportResolved.Personal());
    }

    private void take(PlatformReview seen) {
        sourceRef = seen.sourceRef();
        kind = seen.kind();
        state = seen.state();
        rawState = seen.rawState();
        rating = seen.rating();
        stars = seen.stars();
        subRatings = seen.subRatings();
        language = seen.language();
        title = seen.title();
        body = seen.body();
        authorName = seen.authorName();
        authorEmail = seen.authorEmail();
        orderReference = seen.orderReference();
        productSku = seen.productSku();
        productName = seen.productName();
        submittedAt = seen.submittedAt();
        platformUpdatedAt = seen.updatedAt();
        contentHash = seen.contentHash();
        revision++;
    }

    private void takeReply(@Nullable PlatformReply reply) {
        platformReplyText = reply == null ? null : reply.text();
        platformReplyAt = reply == null ? null : reply.at();
    }

    /// Asks for a ticket. Saying it again is harmless: the ticket service makes one ticket per review.
    public ReviewRouted route(Destination destination, Capabilities capabilities) {
        if (ticketId != null) {
            throw new IllegalStateException("review " + id + " has its ticket already");
        }
        routed = true;
        departmentId = destination.departmentId();
        teamId = destination.teamId();
        return new ReviewRouted(
                new ReviewRouted.Data(
                        id,
                        connectionId,
                        destination.criterionId(),
                        destination.criterion(),
                        destination.departmentId(),
                        destination.teamId(),
                        destination.queueId(),
                        destination.priority(),
                        destination.tags(),
                        platform,
                        externalId,
                        sourceRef,
                        kind,
                        stars,
                        rating,
                        subRatings,
                        state,
                        rawState,
                        language,
                        productSku,
                        productName,
                        submittedAt,
                        platformUpdatedAt,
                        revision,
                        inboxUrl,
                        capabilities.replyLimit(),
                        answerable(capabilities),
                        capabilities.mailCopy()),
                person());
    }

    /// The ticket that was made of it. A review keeps the first one.
    public void ticketed(UUID ticket, UUID department, @Nullable UUID team, @Nullable UUID assignee) {
        if (ticketId == null) {
            ticketId = ticket;
            place(department, team, assignee);
        }
    }

    /// Follows its ticket to wherever that lies now.
    public void place(UUID department, @Nullable UUID team, @Nullable UUID assignee) {
        departmentId = department;
        teamId = team;
        assigneeId = assignee;
    }

    /// The platform looked at the answer and does not show it.
    public ReviewReplyFailed replyRejected(UUID ticket, UUID message, Instant at) {
        takeReply(null);
        return replyFailed(ticket, message, at, "REJECTED", "The platform looked at the answer and does not show it.");
    }

    /// @param mailCopyOwed somebody else has to mail the author
    public ReviewReplied replied(UUID ticket, UUID message, String text, Instant at, boolean mailCopyOwed) {
        platformReplyText = text;
        platformReplyAt = at;
        return new ReviewReplied(
                new ReviewReplied.Data(id, ticket, message, at, inboxUrl, mailCopyOwed), new ReviewReplied.Personal());
    }

    public ReviewReplyFailed replyFailed(UUID ticket, UUID message, Instant at, String reason, String detail) {
        return new ReviewReplyFailed(
                new ReviewReplyFailed.Data(id, ticket, message, at, reason, detail, false),
                new ReviewReplyFailed.Personal());
    }

    private ReviewFacts facts() {
        return new ReviewFacts(
                id,
                connectionId,
                departmentId,
                platform,
                externalId,
                sourceRef,
                kind,
                stars,
                rating,
                subRatings,
                state,
                rawState,
                language,
                productSku,
                productName,
                submittedAt,
                platformUpdatedAt,
                revision,
                inboxUrl);
    }

    private ReviewPerson person() {
        return new ReviewPerson(title, body, authorName, authorEmail, orderReference);
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    public UUID connectionId() {
        return connectionId;
    }

    public String externalId() {
        return externalId;
    }

    public ReviewState state() {
        return state;
    }

    public int revision() {
        return revision;
    }

    /// True while the platform does not know it.
    public boolean isGone() {
        return goneAt != null;
    }

    public @Nullable UUID ticketId() {
        return ticketId;
    }

    /// True once a ticket was asked for.
    public boolean routed() {
        return routed;
    }

    public UUID departmentId() {
        return departmentId;
    }

    public @Nullable UUID teamId() {
        return teamId;
    }

    public @Nullable UUID assigneeId() {
        return assigneeId;
    }

    /// The public answer as the platform shows it, whoever wrote it.
    public @Nullable PlatformReply platformReply() {
        return platformReplyText == null ? null : new PlatformReply(platformReplyText, platformReplyAt);
    }

    /// The content in the shape that criteria judge.
    public PlatformReview asSeen() {
        return new PlatformReview(
                externalId,
                sourceRef,
                kind,
                state,
                rawState,
                rating,
                subRatings,
                title,
                body,
                language,
                submittedAt,
                platformUpdatedAt,
                authorName,
                authorEmail,
                orderReference,
                productSku,
                productName,
                List.of(),
                platformReply());
    }

    public Platform platform() {
        return platform;
    }
}
