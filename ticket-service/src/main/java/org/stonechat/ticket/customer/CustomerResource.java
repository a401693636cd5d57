package org.stonechat.ticket.customer;

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
import org.stonechat.ticket.contact.Contact;
import org.stonechat.ticket.contact.ContactAccess;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/contacts/{id}")
@Tag(name = "contacts")
@RunOnVirtualThread
class CustomerResource {

    private final CustomerFile file;
    private final ContactAccess contactAccess;

    CustomerResource(CustomerFile file, ContactAccess contactAccess) {
        this.file = file;
        this.contactAccess = contactAccess;
    }

    @GET
    @Path("/tickets")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List a contact's tickets that you may see, latest first")
    public RestResponse<Page<CustomerTicket>> listContactTickets(
            @PathParam("id") UUID id, @BeanParam Paging paging, @Context UriInfo uri) {
        Contact contact = contactAccess.read(id);
        Cursor after = paging.after();
        int limit = paging.limit();
        return Pages.respond(
                Page.of(
                        file.tickets(contact, after == null ? null : after.uuid(0), limit + 1),
                        limit,
                        CustomerTicket::from,
                        ticket -> Cursor.of(ticket.id())),
                uri);
    }

    @GET
    @Path("/reviews")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List a contact's reviews that you may see, latest first")
    public RestResponse<Page<CustomerReview>> listContactReviews(
            @PathParam("id") UUID id, @BeanParam Paging paging, @Context UriInfo uri) {
        Contact contact = contactAccess.read(id);
        Cursor after = paging.after();
        int limit = paging.limit();
        return Pages.respond(
                Page.of(
                        file.reviews(contact, after == null ? null : after.uuid(0), limit + 1),
                        limit,
                        review -> CustomerReview.from(review.review(), review.ticket()),
                        review -> Cursor.of(review.ticket().id())),
                uri);
    }
}
