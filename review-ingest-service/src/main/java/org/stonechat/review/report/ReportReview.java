package org.stonechat.review.report;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.review.connection.PlatformHost;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.Report;

/// Hands a report to the platform. The connector looks for an open case first, so that trying again opens no
/// second one.
@ApplicationScoped
class ReportReview implements WorkHandler {

    static final String KIND = "report-review";

    private final Reports reports;
    private final PlatformHost host;

    ReportReview(Reports reports, PlatformHost host) {
        this.reports = reports;
        this.host = host;
    }

    record Payload(UUID reportId) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID reportId = item.payloadAs(Payload.class).reportId();
        Reports.Order order = reports.order(reportId, ReportState.PENDING);
        if (order == null) {
            return Outcome.done();
        }
        Report opened;
        try {
            opened = host.call(
                    order.connection(),
                    (connector, access) ->
                            connector.report(access, order.externalId(), order.reason(), order.description(), null));
        } catch (ConnectorFailure failure) {
            return switch (failure.kind()) {
                case RATE_LIMITED -> Outcome.retry(failure.getMessage(), failure.retryAfter());
                case TRANSIENT -> Outcome.retry(failure.getMessage());
                case AUTH, FORBIDDEN, NOT_FOUND, VALIDATION, UNSUPPORTED ->
                    Outcome.failed(failure.getMessage(), () -> reports.failed(reportId, failure.getMessage()));
            };
        }
        return Outcome.done(() -> reports.opened(reportId, opened));
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        reports.failed(item.payloadAs(Payload.class).reportId(), reason);
    }
}
