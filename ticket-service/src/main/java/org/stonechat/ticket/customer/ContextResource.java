package org.stonechat.ticket.customer;

import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.contact.Contact;
import org.stonechat.ticket.contact.ContactAccess;
import org.stonechat.ticket.contact.ContactView;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.organisation.OrganisationView;
import org.stonechat.ticket.organisation.Organisations;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/context")
@Tag(name = "tickets")
@RunOnVirtualThread
class ContextResource {

    private static final int BESIDE = 10;

    private final CustomerFile file;
    private final Contacts contacts;
    private final ContactAccess contactAccess;
    private final Organisations organisations;
    private final TicketAccess ticketAccess;

    ContextResource(
            CustomerFile file,
            Contacts contacts,
            ContactAccess contactAccess,
            Organisations organisations,
            TicketAccess ticketAccess) {
        this.file = file;
        this.contacts = contacts;
        this.contactAccess = contactAccess;
        this.organisations = organisations;
        this.ticketAccess = ticketAccess;
    }

    @Schema(name = "TicketContext")
    record TicketContext(
            ContactView contact,
            @Nullable OrganisationView organisation,

            @Schema(description = "The contact's latest other tickets, ten at most")
            List<CustomerTicket> otherTickets,

            @Schema(description = "The contact's latest reviews, ten at most")
            List<CustomerReview> reviews) {}

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read what stands beside a ticket: its contact, other tickets and earlier reviews")
    @APIResponse(responseCode = "200", description = "The contact and what is known of it")
    public TicketContext getTicketContext(@PathParam("id") UUID id) {
        Ticket ticket = ticketAccess.read(id);
        // Who sees a ticket sees whose it is, also where the contact's departments are none of his: as the ticket says.
        Contact contact = contacts.survivorOf(ticket.contactId());
        ContactView shown = contactAccess.view(contact, ticket.requester(contacts.of(ticket.contactId())));
        return new TicketContext(
                shown,
                shown.organisationId() == null
                        ? null
                        : organisations.view(shown.organisationId()).orElse(null),
                file.tickets(contact, null, BESIDE + 1).stream()
                        .filter(other -> !other.id().equals(ticket.id()))
                        .limit(BESIDE)
                        .map(CustomerTicket::from)
                        .toList(),
                file.reviews(contact, null, BESIDE + 1).stream()
                        .filter(review -> !review.ticket().id().equals(ticket.id()))
                        .limit(BESIDE)
                        .map(review -> CustomerReview.from(review.review(), review.ticket()))
                        .toList());
    }
}
