package org.stonechat.ticket.requester;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.ContactAccess;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.TicketOpening;

/// Corrects whose matter a ticket is.
@ApplicationScoped
class Requesters {

    private final TicketAccess access;
    private final DepartmentRepository departments;
    private final Contacts contacts;
    private final ContactAccess contactAccess;
    private final Rights rights;
    private final EventLog eventLog;

    Requesters(
            TicketAccess access,
            DepartmentRepository departments,
            Contacts contacts,
            ContactAccess contactAccess,
            Rights rights,
            EventLog eventLog) {
        this.access = access;
        this.departments = departments;
        this.contacts = contacts;
        this.contactAccess = contactAccess;
        this.rights = rights;
        this.eventLog = eventLog;
    }

    @Transactional
    void change(UUID id, @Nullable String ifMatch, RequesterRequest request) {
        Ticket ticket = access.lock(id);
        if (ifMatch != null) {
            ETags.ifMatch(ifMatch, ticket.version());
        }
        rights.require(Right.EDIT, departments.of(ticket.departmentId()));
        Contacts.Known contact = contact(ticket, request);
        ticket.belongTo(contact).ifPresent(changed -> eventLog.append(TicketOpening.TOPIC, ticket, changed));
    }

    private Contacts.Known contact(Ticket ticket, RequesterRequest request) {
        UUID contactId = request.contactId();
        if (contactId == null) {
            // A number is drawn with it and not used: gaps do no harm.
            return contacts.forNewTicket(
                            ticket.departmentId(), new Contacts.Writer(request.name(), request.address(), null))
                    .contact();
        }
        Contacts.Known known = contactAccess
                .known(contactId)
                .orElseThrow(() ->
                        new ProblemException(TicketError.CONTACT_UNKNOWN, "There is no contact " + contactId + "."));
        return contacts.handedTo(ticket.departmentId(), known);
    }
}
