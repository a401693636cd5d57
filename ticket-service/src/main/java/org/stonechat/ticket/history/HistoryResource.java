package org.stonechat.ticket.history;

import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
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
    @Operation(summary = "Read the whole life of a ticket: what changed, by whom, when and why")
    public RestResponse<Page<HistoryEntry>> listHistory(
            @PathParam("id") UUID id, @BeanParam Paging paging, @Context UriInfo uri) {
        UUID ticketId = access.readItself(id).id();
        Cursor after = paging.after();
        int limit = paging.limit();
        List<HistoryEntry> rows = history.page(ticketId, after == null ? 0 : after.number(0), limit + 1);
        return Pages.respond(Page.of(rows, limit, entry -> entry, entry -> Cursor.of(entry.sequence())), uri);
    }
}
