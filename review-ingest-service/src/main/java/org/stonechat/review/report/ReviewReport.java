package org.stonechat.review.report;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/// A review that somebody has reported to its platform.
@Entity
@Table(name = "review_report")
class ReviewReport {

    @Id
    private UUID id;

    @Column(name = "review_id")
    private UUID reviewId;

    private String reason;
    private String description;

    @Enumerated(EnumType.STRING)
    private ReportState state;

    @Column(name = "case_id")
    private @Nullable String caseId;

    private @Nullable String failure;

    @Column(name = "requested_by")
    private UUID requestedBy;

    @Column(name = "requested_at")
    private Instant requestedAt;

    @Column(name = "reported_at")
    private @Nullable Instant reportedAt;

    @Column(name = "settled_at")
    private @Nullable Instant settledAt;

    protected ReviewReport() {}

    ReviewReport(UUID id, UUID reviewId, String reason, String description, UUID by, Instant now) {
        this.id = id;
        this.reviewId = reviewId;
        this.reason = reason;
        this.description = description;
        this.state = ReportState.PENDING;
        this.requestedBy = by;
        this.requestedAt = now;
    }

    void opened(@Nullable String caseName, Instant now) {
        state = ReportState.OPEN;
        caseId = caseName;
        reportedAt = now;
    }

    void settle(ReportState end, @Nullable String why, Instant now) {
        if (!end.settled() || state.settled()) {
            throw new IllegalStateException("report " + id + " is " + state + " and cannot become " + end);
        }
        state = end;
        failure = why;
        settledAt = now;
    }

    UUID id() {
        return id;
    }

    UUID reviewId() {
        return reviewId;
    }

    String reason() {
        return reason;
    }

    String description() {
        return description;
    }

    ReportState state() {
        return state;
    }

    @Nullable
    String caseId() {
        return caseId;
    }

    @Nullable
    String failure() {
        return failure;
    }

    UUID requestedBy() {
        return requestedBy;
    }

    Instant requestedAt() {
        return requestedAt;
    }

    @Nullable
    Instant reportedAt() {
        return reportedAt;
    }

    @Nullable
    Instant settledAt() {
        return settledAt;
    }
}
