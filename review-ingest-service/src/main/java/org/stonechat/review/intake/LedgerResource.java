package org.stonechat.review.intake;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.PlatformHost;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.ConnectorFailure;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// What was received from platforms and what became of it.
@Path("/api/v1/review-ledger")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.LEAD, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "review-ledger")
public class LedgerResource {

    private final Ledger ledger;
    private final ConnectionUseCases connections;
    private final PlatformHost host;
    private final CurrentUser user;

    LedgerResource(Ledger ledger, ConnectionUseCases connections, PlatformHost host, CurrentUser user) {
        this.ledger = ledger;
        this.connections = connections;
        this.host = host;
        this.user = user;
    }

    public record LedgerView(
            UUID id,
            UUID connectionId,
            UUID departmentId,
            String externalId,
            @Nullable UUID reviewId,
            LedgerState state,

            @Schema(description = "The criterion that asked for a ticket") @Nullable
            String criterion,

            @Schema(description = "Why there is no ticket, or what could not be read") @Nullable
            String reason,

            @Nullable UUID ticketId,
            Instant receivedAt,
            @Nullable Instant storedAt,
            @Nullable Instant routedAt,
            @Nullable Instant settledAt) {

        static LedgerView from(LedgerEntry entry) {
            return new LedgerView(
                    entry.id(),
                    entry.connectionId(),
                    entry.departmentId(),
                    entry.externalId(),
                    entry.reviewId(),
                    entry.state(),
                    entry.criterion(),
                    entry.reason(),
                    entry.ticketId(),
                    entry.receivedAt(),
                    entry.storedAt(),
                    entry.routedAt(),
                    entry.settledAt());
        }
    }

    @GET
    @Operation(operationId = "listReviewLedger", summary = "What was received, newest first, and what became of it")
    public RestResponse<Page<LedgerView>> list(
            @QueryParam("state") @Nullable LedgerState state,
            @QueryParam("connectionId") @Nullable UUID connectionId,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        List<UUID> departments = user.allDepartments() ? null : List.copyOf(user.departments());
        List<LedgerEntry> rows = ledger.page(
                new LedgerEntries.Filter(departments, state, connectionId), paging.after(), paging.limit() + 1);
        return Pages.respond(Page.of(rows, paging.limit(), LedgerView::from, Ledger::cursor), uri);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getReviewLedgerEntry", summary = "One entry of the ledger")
    public LedgerView get(@PathParam("id") UUID id) {
        LedgerEntry entry = ledger.find(id);
        if (entry == null || !user.inDepartment(entry.departmentId())) {
            throw ProblemException.notFound("ledger entry");
        }
        return LedgerView.from(entry);
    }

    public record ReconciliationView(
            UUID connectionId,

            @Schema(description = "How many reviews the platform says it has; null where it does not say") @Nullable
            Long atThePlatform,

            @Schema(description = "Why the platform did not say") @Nullable
            String reason,

            @Schema(description = "All that was ever received, once each")
            long received,

            long routed,
            long ticketed,
            long notTicketed,
            long failed,

            @Schema(description = "Received once, and no longer known to the platform")
            long gone,

            @Schema(
                    description = "What the platform has beyond what is here: 0 when both agree, null when it does not"
                            + " say")
            @Nullable
            Long missing) {}

    @GET
    @Path("/reconciliation")
    @Operation(
            operationId = "reconcileReviewLedger",
            summary = "Whether ledger and platform agree",
            description = "Asks the platform how many reviews it has, where it can be asked.")
    public ReconciliationView reconcile(@QueryParam("connectionId") @NotNull UUID connectionId) {
        ReviewConnection connection = connections.get(connectionId);
        user.requireDepartment(connection.departmentId(), "connection");
        Long said = null;
        String reason = null;
        try {
            if (host.connector(connection).capabilities().count()) {
                said = host.call(connection, (connector, access) -> connector.count(access));
            } else {
                reason = connection.platform() + " does not say how many reviews it has.";
            }
        } catch (ConnectorFailure failure) {
            reason = failure.getMessage();
        }
        Ledger.Counts counts = ledger.counts(connectionId);
        return new ReconciliationView(
                connectionId,
                said,
                reason,
                counts.all(),
                counts.byState().getOrDefault(LedgerState.ROUTED, 0L),
                counts.byState().getOrDefault(LedgerState.TICKETED, 0L),
                counts.byState().getOrDefault(LedgerState.NOT_TICKETED, 0L),
                counts.byState().getOrDefault(LedgerState.FAILED, 0L),
                counts.gone(),
                said == null ? null : said - (counts.all() - counts.gone()));
    }

    public record ReprocessRequest(
            @NotNull UUID connectionId,

            @NotEmpty @Schema(description = "Which entries: those that failed, or made no ticket")
            Set<@NotNull LedgerState> states) {}

    @POST
    @Path("/reprocess")
    @Consumes(MediaType.APPLICATION_JSON)
    @Idempotent
    @Operation(
            operationId = "reprocessReviewLedger",
            summary = "Try many again",
            description = "All of a connection's entries in these states, one batch after the other, as reprocessing"
                    + " one would. What has its ticket keeps it.")
    @APIResponse(responseCode = "202", description = "It has begun")
    public RestResponse<Void> reprocessAll(@NotNull @Valid ReprocessRequest request) {
        user.requireDepartment(connections.get(request.connectionId()).departmentId(), "connection");
        if (request.states().contains(LedgerState.TICKETED)) {
            throw ProblemException.invalid("/states", "must not hold TICKETED: what has its ticket keeps it");
        }
        ledger.reprocessAll(request.connectionId(), request.states());
        return RestResponse.accepted();
    }

    @POST
    @Path("/{id}/reprocess")
    @Idempotent
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "reprocessReviewLedgerEntry",
            summary = "Try again",
            description =
                    "Reads again what could not be read; asks the criteria of today about a review without a ticket."
                            + " A review never gets a second ticket.")
    public LedgerView reprocess(@PathParam("id") UUID id) {
        return LedgerView.from(ledger.reprocess(id, user::inDepartment));
    }
}
