package org.stonechat.analytics.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.analytics.report.Csv;
import org.stonechat.analytics.report.Freshness;
import org.stonechat.analytics.report.Scope;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// How many tickets, and how fast.
@Path("/api/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ANALYST, Roles.LEAD, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "reports")
public class TicketReportResource {

    private final TicketReports reports;
    private final Scope scope;
    private final Freshness freshness;

    TicketReportResource(TicketReports reports, Scope scope, Freshness freshness) {
        this.reports = reports;
        this.scope = scope;
        this.freshness = freshness;
    }

    record TicketReport(
            Instant from, Instant to, @Nullable Instant asOf, long backlog, List<TicketReports.Counts> rows) {}

    record TimesReport(
            Instant from,
            Instant to,
            @Nullable Instant asOf,
            TicketReports.Durations firstReply,
            TicketReports.Durations resolution) {}

    @GET
    @Path("tickets")
    @Operation(
            operationId = "reportTickets",
            summary = "Tickets created, solved and reopened",
            description = "`backlog` is what is open now, without what was merged into other tickets.")
    public TicketReport tickets(
            @QueryParam("from") @Nullable Instant from,
            @QueryParam("to") @Nullable Instant to,
            @QueryParam("department") @Nullable UUID department,
            @QueryParam("groupBy") @DefaultValue("NONE") TicketReports.Grouping groupBy) {
        Scope.Selection selection = scope.select(from, to, department);
        return new TicketReport(
                selection.from(),
                selection.to(),
                freshness.asOf("tickets"),
                reports.backlog(selection),
                reports.counts(selection, groupBy));
    }

    @GET
    @Path("tickets.csv")
    @Produces(Csv.MEDIA_TYPE)
    @Operation(operationId = "exportTicketReport", summary = "The rows of the ticket report as CSV")
    @APIResponse(
            responseCode = "200",
            description = "A file. Words that a spreadsheet would take for a formula have an apostrophe in front.",
            content = @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING)))
    public RestResponse<String> ticketsAsCsv(
            @QueryParam("from") @Nullable Instant from,
            @QueryParam("to") @Nullable Instant to,
            @QueryParam("department") @Nullable UUID department,
            @QueryParam("groupBy") @DefaultValue("DAY") TicketReports.Grouping groupBy) {
        Scope.Selection selection = scope.select(from, to, department);
        return Csv.download(
                "tickets " + LocalDate.ofInstant(selection.from(), ZoneOffset.UTC) + " to "
                        + LocalDate.ofInstant(selection.to(), ZoneOffset.UTC),
                TicketReports.Counts.class,
                reports.counts(selection, groupBy));
    }

    @GET
    @Path("times")
    @Operation(
            operationId = "reportTimes",
            summary = "How long customers waited",
            description = "Seconds of calendar time since creation.")
    public TimesReport times(
            @QueryParam("from") @Nullable Instant from,
            @QueryParam("to") @Nullable Instant to,
            @QueryParam("department") @Nullable UUID department) {
        Scope.Selection selection = scope.select(from, to, department);
        return new TimesReport(
                selection.from(),
                selection.to(),
                freshness.asOf("tickets"),
                reports.durations(selection, TicketFact.Kind.FIRST_REPLY),
                reports.durations(selection, TicketFact.Kind.SOLVED));
    }
}
