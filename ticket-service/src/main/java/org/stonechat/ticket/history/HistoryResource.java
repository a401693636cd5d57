package org.stonechat.ticket.history;

import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.ticket.TicketAccess;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/history")
@Tag(name = "tickets")
@RunOnVirtualThread
class HistoryResource {

    private final TicketHistory history;
    private final TicketAccess access;

    HistoryResource(TicketHistory history, TicketAccess access) {
        this.history = history;
        this.access = access;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Read the whole life of a ticket: what changed, by whom, when and why",
            description = "Entries are the ticket's events: `id` and `sequence` are those that other systems hear.")
    public RestResponse<Page<HistoryEntry>> listHistory(
            @PathParam("id") UUID id,
            @Parameter(description = "Only these changes", example = "StageChanged")
                    @QueryParam("type")
                    @Size(max = 20)
                    @Nullable
                    List<@Pattern(regexp = "[A-Za-z]{1,60}") String> types,
            @Parameter(description = "Only what such an actor did") @QueryParam("actorKind")
                    Actor.@Nullable Kind actorKind,
            @Parameter(description = "Only what this person did") @QueryParam("actorId") @Nullable UUID actorId,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        UUID ticketId = access.readItself(id).id();
        Cursor after = paging.after();
        int limit = paging.limit();
        List<HistoryEntry> rows = history.page(
                ticketId,
                new TicketHistory.Filter(types == null ? List.of() : types, actorKind, actorId),
                after == null ? 0 : after.withKeys(1).number(0),
                limit + 1);
        return Pages.respond(Page.of(rows, limit, entry -> entry, entry -> Cursor.of(entry.sequence())), uri);
    }
}
