package org.stonechat.ticket.ticket;

import java.time.InstantSource;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.agent.Agent;
import org.stonechat.ticket.contact.Contact;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.field.FieldValues;

/// Reads one ticket (an alias leads to its survivor) with all that is shown of it, in as few round trips as
/// can be.
@ApplicationScoped
public class TicketReader {

    private final EntityManager entityManager;
    private final TicketAccess access;
    private final MessageRepository messages;
    private final FieldValues fields;
    private final InstantSource clock;

    TicketReader(
            EntityManager entityManager,
            TicketAccess access,
            MessageRepository messages,
            FieldValues fields,
            InstantSource clock) {
        this.entityManager = entityManager;
        this.access = access;
        this.messages = messages;
        this.fields = fields;
        this.clock = clock;
    }

    /// @throws ProblemException 404
    public TicketView read(UUID id) {
        return view(id, true);
    }

    /// As it is after the caller's own change, which may have taken it out of his sight: whoever gives away
    /// what lies elsewhere is shown what became of it once more.
    public TicketView changed(UUID id) {
        return view(id, false);
    }

    private TicketView view(UUID id, boolean askSight) {
        Object[] row = entityManager
                .createQuery("""
                                select t, d, c, a, v, r from Ticket t
                                join Department d on d.id = t.departmentId
                                join Contact c on c.id = t.contactId
                                left join Agent a on a.id = t.assigneeId
                                left join TicketReview v on v.ticketId = t.id
                                left join TicketRating r on r.ticketId = t.id
                                where t.id = :id
                                """, Object[].class)
                .setParameter("id", id)
                .getSingleResultOrNull();
        if (row == null) {
            throw ProblemException.notFound("ticket");
        }
        Ticket ticket = (Ticket) row[0];
        if (ticket.mergedInto() != null) {
            return view(ticket.mergedInto(), askSight);
        }
        if (askSight) {
            access.requireSight(ticket);
        }
        Contact contact = (Contact) row[2];
        Agent assignee = (Agent) row[3];
        return TicketView.from(
                ticket,
                (Department) row[1],
                ticket.requester(Contacts.Known.of(contact)),
                messages.writtenTo(id),
                assignee == null ? null : assignee.displayName(),
                (TicketReview) row[4],
                (TicketRating) row[5],
                fields.of(id),
                clock.instant());
    }
}
