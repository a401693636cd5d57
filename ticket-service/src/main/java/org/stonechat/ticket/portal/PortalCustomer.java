package org.stonechat.ticket.portal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketRepository;

/// The way to a customer's own tickets: the contact with the verified address of the token, and nobody else's.
@ApplicationScoped
class PortalCustomer {

    private final Contacts contacts;
    private final TicketRepository tickets;
    private final CurrentUser user;

    PortalCustomer(Contacts contacts, TicketRepository tickets, CurrentUser user) {
        this.contacts = contacts;
        this.tickets = tickets;
        this.user = user;
    }

    /// @throws ProblemException 403 `address-unverified`
    String address() {
        String address = user.email();
        if (address == null || !user.emailVerified()) {
            throw new ProblemException(
                    TicketError.ADDRESS_UNVERIFIED, "Confirm your mail address first: your tickets are found by it.");
        }
        return address;
    }

    String name() {
        return user.name();
    }

    /// His contact and what was merged into it; empty for somebody who never wrote to us.
    Set<UUID> contacts() {
        return contacts.withAddress(address());
    }

    /// @throws ProblemException 404
    Ticket read(UUID id) {
        return own(tickets.survivorOf(id));
    }

    /// The one with this number, or the one it was merged into; empty when it is not his.
    Optional<Ticket> numbered(long number) {
        Set<UUID> own = contacts();
        return tickets.find("number", number)
                .firstResultOptional()
                .flatMap(ticket -> tickets.survivorOf(ticket.id()))
                .filter(ticket -> isOwn(ticket, own));
    }

    /// Of tickets that are shown as one, those that are his.
    List<UUID> ownOf(List<UUID> family) {
        Set<UUID> own = contacts();
        return tickets.list("id in ?1", family).stream()
                .filter(ticket -> isOwn(ticket, own))
                .map(Ticket::id)
                .toList();
    }

    /// Locked for a change, in the running transaction.
    ///
    /// @throws ProblemException 404
    Ticket lock(UUID id) {
        return own(tickets.lock(id));
    }

    private Ticket own(Optional<Ticket> ticket) {
        Set<UUID> own = contacts();
        return ticket.filter(found -> isOwn(found, own)).orElseThrow(() -> ProblemException.notFound("ticket"));
    }

    /// A department that only met the contact has answered one address: whoever has another one of the contact is not
    /// known to it.
    private boolean isOwn(Ticket ticket, Set<UUID> own) {
        return own.contains(ticket.contactId()) && ticket.isOpenTo(address());
    }
}
