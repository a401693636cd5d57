package org.stonechat.ticket.portal;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/portal")
@Tag(name = "portal")
@RunOnVirtualThread
class PortalResource {

    private static final String TICKETS = "/api/v1/portal/tickets/";

    private final PortalTickets tickets;
    private final PortalCustomer customer;

    PortalResource(PortalTickets tickets, PortalCustomer customer) {
        this.tickets = tickets;
        this.customer = customer;
    }

    @GET
    @Path("/departments")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(summary = "List whom a customer can write to")
    public Page<PortalTicket.PortalPlace> listPortalDepartments() {
        customer.address();
        return new Page<>(
                tickets.open().stream()
                        .map(department -> new PortalTicket.PortalPlace(department.id(), department.name()))
                        .toList(),
                null);
    }

    @GET
    @Path("/tickets")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(
            summary = "List one's own tickets, the newest first",
            description = "They are found by the verified mail address of the token. One that was merged into another"
                    + " is found as that one, by its old number and under its old id.")
    public RestResponse<Page<PortalTicket>> listPortalTickets(
            @QueryParam("number") @Min(1) @Parameter(description = "Only the one that has or had this number") @Nullable
                    Long number,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        if (number != null) {
            return Pages.respond(new Page<>(tickets.numbered(number), null), uri);
        }
        Cursor after = paging.after();
        int limit = paging.limit();
        List<PortalTicket> rows = tickets.page(after == null ? null : after.uuid(0), limit + 1);
        return Pages.respond(Page.of(rows, limit, row -> row, row -> Cursor.of(row.id())), uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Idempotent
    @Path("/tickets")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(summary = "Open a ticket by the web form")
    @APIResponse(responseCode = "201", description = "Opened")
    public RestResponse<PortalTicket> createPortalTicket(@NotNull @Valid PortalTicketRequest request) {
        UUID id = tickets.create(request);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, tickets.read(id))
                .location(URI.create(TICKETS + id))
                .build();
    }

    @GET
    @Path("/tickets/{id}")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(summary = "Read one of one's own tickets")
    public PortalTicket getPortalTicket(@PathParam("id") UUID id) {
        return tickets.read(id);
    }

    @GET
    @Path("/tickets/{id}/messages")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(summary = "Read the public conversation of one of one's own tickets, oldest first")
    public RestResponse<Page<PortalMessage>> listPortalMessages(
            @PathParam("id") UUID id, @BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        List<Message> rows = tickets.conversation(
                id, after == null ? null : new MessageRepository.Place(after.instant(0), after.uuid(1)), limit + 1);
        Map<UUID, List<Attachment>> attachments = tickets.attachments(rows);
        return Pages.respond(
                Page.of(
                        rows,
                        limit,
                        row -> PortalMessage.from(row, attachments.getOrDefault(row.id(), List.of())),
                        row -> Cursor.of(row.at(), row.id())),
                uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Idempotent
    @Path("/tickets/{id}/messages")
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(
            summary = "Write into one of one's own tickets",
            description = "What waits or is solved is opened again by it. When the ticket has been closed for good, a"
                    + " follow-up is opened, and `ticketId` is that one's.")
    @APIResponse(responseCode = "201", description = "In the conversation")
    public RestResponse<PortalMessage> writePortalMessage(
            @PathParam("id") UUID id, @NotNull @Valid PortalMessageRequest request) {
        PortalMessage written = tickets.write(id, request);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, written)
                .location(URI.create(TICKETS + written.ticketId() + "/messages"))
                .build();
    }
}
