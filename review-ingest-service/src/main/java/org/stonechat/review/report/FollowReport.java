package org.stonechat.review.report;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.review.connection.PlatformHost;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.ReportOutcome;

/// Asks the platform what became of a report, and again later while it has not decided.
@ApplicationScoped
class FollowReport implements WorkHandler {

    static final String KIND = "follow-report";

    private final Reports reports;
    private final PlatformHost host;

    FollowReport(Reports reports, PlatformHost host) {
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
        Reports.Order order = reports.order(reportId, ReportState.OPEN);
        if (order == null) {
            return Outcome.done();
        }
        ReportOutcome outcome;
        try {
            outcome = host.call(
                    order.connection(), (connector, access) -> connector.reportOutcome(access, order.externalId()));
        } catch (ConnectorFailure failure) {
            // No answer is no decision.
            return Outcome.done(() -> reports.asked(reportId, ReportOutcome.OPEN));
        }
        return Outcome.done(() -> reports.asked(reportId, outcome));
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        reports.asked(item.payloadAs(Payload.class).reportId(), ReportOutcome.OPEN);
    }
}
