package org.stonechat.review.report;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.work.DueWork;
import org.stonechat.review.ReviewError;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.Report;
import org.stonechat.review.connector.ReportOutcome;
import org.stonechat.review.review.Review;
import org.stonechat.review.review.Reviews;

/// Reports and what became of them. Every change locks the review first.
@ApplicationScoped
public class Reports {

    private final ReportRepository reports;
    private final Reviews reviews;
    private final ConnectionUseCases connections;
    private final Connectors connectors;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final ReportConfig config;
    private final InstantSource clock;

    Reports(
            ReportRepository reports,
            Reviews reviews,
            ConnectionUseCases connections,
            Connectors connectors,
            DueWork dueWork,
            EventLog eventLog,
            ReportConfig config,
            InstantSource clock) {
        this.reports = reports;
        this.reviews = reviews;
        this.connections = connections;
        this.connectors = connectors;
        this.dueWork = dueWork;
        this.eventLog = eventLog;
        this.config = config;
        this.clock = clock;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    ReviewReport request(UUID reviewId, String reason, String description, UUID by, Predicate<Review> maySee) {
        Review review = reviews.lock(reviewId);
        if (review == null || !maySee.test(review)) {
            throw ProblemException.notFound("review");
        }
        List<String> reasons = connectors.of(review.platform()).capabilities().reportReasons();
        if (reasons.isEmpty()) {
            throw new ProblemException(
                    ReviewError.PLATFORM_CANNOT,
                    review.platform() + " takes no reports; report the review in its own inbox.");
        }
        if (!reasons.contains(reason)) {
            throw new ProblemException(
                    ReviewError.REPORT_REASON_UNKNOWN,
                    "Choose one of the platform's reasons.",
                    List.of(),
                    Map.of("reasons", reasons));
        }
        if (!review.state().standing()) {
            throw new ProblemException(ReviewError.REVIEW_GONE, "The platform does not show it any more.");
        }
        if (reports.open(reviewId).isPresent()) {
            throw new ProblemException(ReviewError.REPORT_OPEN, "Wait for what becomes of that report.");
        }
        ReviewReport report = new ReviewReport(Uuid7.next(), reviewId, reason, description, by, clock.instant());
        reports.persist(report);
        dueWork.scheduleOnce(
                ReportReview.KIND,
                report.id().toString(),
                clock.instant(),
                "report:" + reviewId,
                new ReportReview.Payload(report.id()));
        return report;
    }

    @Transactional
    List<ReviewReport> of(UUID reviewId, Predicate<Review> maySee) {
        Review review = reviews.findById(reviewId);
        if (review == null || !maySee.test(review)) {
            throw ProblemException.notFound("review");
        }
        return reports.of(reviewId);
    }

    /// What a call about a report needs.
    record Order(UUID reviewId, String externalId, String reason, String description, ReviewConnection connection) {}

    /// Null when there is nothing left to do in that state.
    @Transactional
    @Nullable
    Order order(UUID reportId, ReportState state) {
        ReviewReport report = reports.findById(reportId);
        if (report == null || report.state() != state) {
            return null;
        }
        Review review = Objects.requireNonNull(reviews.findById(report.reviewId()), "a report's review never goes");
        return new Order(
                review.id(),
                review.externalId(),
                report.reason(),
                report.description(),
                connections.get(review.connectionId()));
    }

    /// The platform has opened a case.
    @Transactional
    void opened(UUID reportId, Report opened) {
        Review review = lockReviewOf(reportId);
        ReviewReport report = reports.findById(reportId);
        if (report.state() != ReportState.PENDING) {
            return;
        }
        Instant now = clock.instant();
        report.opened(opened.caseId(), now);
        eventLog.append(
                Reviews.TOPIC,
                review,
                review.reported(report.id(), report.reason(), report.description(), opened.caseId(), now));
        followLater(reportId);
    }

    void followLater(UUID reportId) {
        dueWork.schedule(
                FollowReport.KIND,
                reportId.toString(),
                clock.instant().plus(config.followEvery()),
                null,
                new FollowReport.Payload(reportId));
    }

    /// What the platform says of it now; joins the transaction that ends the work.
    @Transactional
    void asked(UUID reportId, ReportOutcome outcome) {
        Review review = lockReviewOf(reportId);
        ReviewReport report = reports.findById(reportId);
        switch (outcome) {
            case UPHELD -> settle(review, report, ReportState.UPHELD, null);
            case DECLINED -> settle(review, report, ReportState.DECLINED, null);
            case OPEN -> {
                if (clock.instant().isBefore(report.requestedAt().plus(config.followFor()))) {
                    followLater(reportId);
                } else {
                    settle(review, report, ReportState.UNKNOWN, "The platform has not said what became of it.");
                }
            }
        }
    }

    @Transactional
    void failed(UUID reportId, String why) {
        settle(lockReviewOf(reportId), reports.findById(reportId), ReportState.FAILED, why);
    }

    /// A review that is no longer shown decides for whoever reported it.
    @Transactional(Transactional.TxType.MANDATORY)
    public void observe(Review review) {
        if (!review.state().standing()) {
            reports.open(review.id())
                    .filter(report -> report.state() == ReportState.OPEN)
                    .ifPresent(report -> settle(review, report, ReportState.UPHELD, null));
        }
    }

    private void settle(Review review, ReviewReport report, ReportState end, @Nullable String why) {
        if (report.state().settled()) {
            return;
        }
        Instant now = clock.instant();
        report.settle(end, why, now);
        eventLog.append(
                Reviews.TOPIC, review, review.reportResolved(report.id(), report.reason(), end.name(), why, now));
    }

    private Review lockReviewOf(UUID reportId) {
        UUID reviewId = Objects.requireNonNull(reports.findById(reportId), "reports never go")
                .reviewId();
        reports.getEntityManager().clear();
        return Objects.requireNonNull(reviews.lock(reviewId), "a report's review never goes");
    }
}
