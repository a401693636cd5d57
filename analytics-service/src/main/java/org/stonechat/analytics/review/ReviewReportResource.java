package org.stonechat.analytics.review;

import java.time.Instant;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stonechat.analytics.report.Freshness;
import org.stonechat.analytics.report.Scope;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Stars given, and how many were answered and how fast.
@Path("/api/v1/reports/reviews")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ANALYST, Roles.LEAD, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "reports")
public class ReviewReportResource {

    private final ReviewReports reports;
    private final Scope scope;
    private final Freshness freshness;

    ReviewReportResource(ReviewReports reports, Scope scope, Freshness freshness) {
        this.reports = reports;
        this.scope = scope;
        this.freshness = freshness;
    }

    record ReviewReport(Instant from, Instant to, @Nullable Instant asOf, ReviewReports.Figures figures) {}

    @GET
    @Operation(operationId = "reportReviews", summary = "Reviews received and answered, by the time they were written")
    public ReviewReport reviews(
            @QueryParam("from") @Nullable Instant from,
            @QueryParam("to") @Nullable Instant to,
            @QueryParam("department") @Nullable UUID department) {
        Scope.Selection selection = scope.select(from, to, department);
        return new ReviewReport(
                selection.from(), selection.to(), freshness.asOf("reviews"), reports.figures(selection));
    }
}
