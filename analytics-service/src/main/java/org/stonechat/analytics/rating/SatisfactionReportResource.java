package org.stonechat.analytics.rating;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
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

/// How satisfied customers were.
@Path("/api/v1/reports/satisfaction")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ANALYST, Roles.LEAD, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "reports")
public class SatisfactionReportResource {

    private final SatisfactionReports reports;
    private final Scope scope;
    private final Freshness freshness;

    SatisfactionReportResource(SatisfactionReports reports, Scope scope, Freshness freshness) {
        this.reports = reports;
        this.scope = scope;
        this.freshness = freshness;
    }

    record SatisfactionReport(
            Instant from, Instant to, @Nullable Instant asOf, List<SatisfactionReports.Figures> rows) {}

    @GET
    @Operation(
            operationId = "reportSatisfaction",
            summary = "Shares per face and the response rate, by the time of the request")
    public SatisfactionReport satisfaction(
            @QueryParam("from") @Nullable Instant from,
            @QueryParam("to") @Nullable Instant to,
            @QueryParam("department") @Nullable UUID department,
            @QueryParam("groupBy") @DefaultValue("NONE") SatisfactionReports.Grouping groupBy) {
        Scope.Selection selection = scope.select(from, to, department);
        return new SatisfactionReport(
                selection.from(), selection.to(), freshness.asOf("ratings"), reports.figures(selection, groupBy));
    }
}
