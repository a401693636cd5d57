package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.TicketCreated;
import org.stonechat.ticket.team.Team;
import org.stonechat.ticket.team.TeamRepository;

/// Opens tickets, wherever they come from. Whether the caller may, and who the assignee is, is asked before.
@ApplicationScoped
public class TicketOpening {

    /// The topic of everything a ticket tells.
    public static final String TOPIC = "tickets";

    private final TicketRepository tickets;
    private final DepartmentRepository departments;
    private final TeamRepository teams;
    private final Contacts contacts;
    private final MessageRepository messages;
    private final EventLog eventLog;
    private final InstantSource clock;

    TicketOpening(
            TicketRepository tickets,
            DepartmentRepository departments,
            TeamRepository teams,
            Contacts contacts,
            MessageRepository messages,
            EventLog eventLog,
            InstantSource clock) {
        this.tickets = tickets;
        this.departments = departments;
        this.teams = teams;
        this.contacts = contacts;
        this.messages = messages;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    /// A ticket that stands now.
    ///
    /// @param existed true when the client's external id had opened it before
    public record Opened(Ticket ticket, Department department, Contacts.Known contact, boolean existed) {}

    /// Opens it, and tells nothing else with it.
    ///
    /// @throws ProblemException 422 for an unknown department or team, 409 for a department that takes no
    ///                          tickets
    @Transactional
    public Opened open(NewTicket opening) {
        return open(opening, ticket -> List.of());
    }

    /// @param further what else the ticket tells in the same breath
    @Transactional
    public Opened open(NewTicket opening, Function<Ticket, List<DomainEvent>> further) {
        Department department = departments.known(opening.departmentId());
        if (!department.isActive()) {
            throw new ProblemException(TicketError.DEPARTMENT_INACTIVE, department.name() + " takes no new tickets.");
        }
        Optional<Ticket> earlier = earlier(opening);
        if (earlier.isPresent()) {
            return new Opened(
                    earlier.get(),
                    department,
                    earlier.get().requester(contacts.of(earlier.get().contactId())),
                    true);
        }
        requireTeam(opening.teamId(), department);
        Instant now = clock.instant();
        Contacts.Drawn drawn = contacts.forNewTicket(department.id(), opening.writer());
        Contacts.Known contact = drawn.contact();
        Ticket ticket = new Ticket(
                opening,
                drawn.ticketNumber(),
                contact,
                language(opening, contact, department),
                department.initialStage(),
                now);
        Message first = opening.firstMessage() == null ? null : enter(ticket, opening, now);
        List<DomainEvent> events = new ArrayList<>();
        events.add(new TicketCreated(
                new TicketCreated.Data(
                        ticket.standing(),
                        opening.how(),
                        first == null ? null : first.facts(opening.attachments(), contact.id(), null),
                        now,
                        ticket.dueAt(),
                        opening.firstMessage() == null
                                ? null
                                : opening.firstMessage().mailId(),
                        ticket.followUpOf()),
                new TicketCreated.Personal(
                        ticket.subject(),
                        new Correspondent(contact.name(), contact.address()),
                        first == null ? null : first.text(opening.attachments()))));
        events.addAll(further.apply(ticket));
        eventLog.append(TOPIC, ticket, events.toArray(DomainEvent[]::new));
        // Persisted last: what Hibernate has seen before the event drew its sequence, it would write a second time.
        tickets.persist(ticket);
        if (first != null) {
            messages.persist(first);
        }
        for (Attachment attachment : opening.attachments()) {
            messages.persist(attachment);
        }
        if (opening.review() != null) {
            tickets.persist(new TicketReview(ticket.id(), opening.review()));
        }
        return new Opened(ticket, department, contact, false);
    }

    private static Message enter(Ticket ticket, NewTicket opening, Instant now) {
        Message first = new Message(
                ticket.id(), ticket.takePosition(), java.util.Objects.requireNonNull(opening.firstMessage()));
        if (first.kind() == MessageKind.CUSTOMER) {
            ticket.customerWaits(now);
        }
        return first;
    }

    private Optional<Ticket> earlier(NewTicket opening) {
        if (opening.clientId() == null || opening.externalId() == null) {
            return Optional.empty();
        }
        tickets.serialise("external " + opening.clientId() + " " + opening.externalId());
        return tickets.byExternalId(opening.clientId(), opening.externalId());
    }

    private void requireTeam(@Nullable UUID teamId, Department department) {
        if (teamId != null) {
            Team team = teams.findById(teamId);
            if (team == null || !team.worksIn(department.id())) {
                throw new ProblemException(
                        TicketError.TEAM_UNKNOWN, department.name() + " has no team " + teamId + ".");
            }
        }
    }

    private static String language(NewTicket opening, Contacts.Known contact, Department department) {
        if (opening.language() != null) {
            return opening.language();
        }
        return contact.language() != null ? contact.language() : department.language();
    }
}
