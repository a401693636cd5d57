package org.stonechat.ticket.requester;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.Correspondent;
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
    private final Rights rights;
    private final EventLog eventLog;
    private final CurrentUser user;

    Requesters(
            TicketAccess access,
            DepartmentRepository departments,
            Contacts contacts,
            Rights rights,
            EventLog eventLog,
            CurrentUser user) {
        this.access = access;
        this.departments = departments;
        this.contacts = contacts;
        this.rights = rights;
        this.eventLog = eventLog;
        this.user = user;
    }

    @Transactional
    void change(UUID id, @Nullable String ifMatch, RequesterRequest request) {
        Ticket ticket = access.lock(id);
        if (ifMatch != null) {
            ETags.ifMatch(ifMatch, ticket.version());
        }
        rights.require(Right.EDIT, departments.of(ticket.departmentId()));
        Contacts.Known contact = contact(ticket, request);
        ticket.belongTo(contact.id(), new Correspondent(contact.name(), contact.address()))
                .ifPresent(changed -> eventLog.append(TicketOpening.TOPIC, ticket, changed));
    }

    private Contacts.Known contact(Ticket ticket, RequesterRequest request) {
        UUID contactId = request.contactId();
        if (contactId == null) {
            // A number is drawn with it and not used: gaps do no harm.
            return contacts.forNewTicket(
                            ticket.departmentId(), new Contacts.Writer(request.name(), request.address(), null))
                    .contact();
        }
        if (!contacts.isSeen(contactId, user.allDepartments() ? null : user.departments())) {
            throw new ProblemException(TicketError.CONTACT_UNKNOWN, "There is no contact " + contactId + ".");
        }
        UUID survivor = contacts.survivorOf(contactId).id();
        contacts.meet(ticket.departmentId(), survivor);
        return contacts.of(survivor);
    }
}
