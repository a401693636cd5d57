package org.stonechat.ticket.referral;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.queue.Queues;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.team.Team;
import org.stonechat.ticket.team.TeamRepository;
import org.stonechat.ticket.ticket.Conversations;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.TicketOpening;

/// Hands tickets over to other departments; history and clocks go with them.
@ApplicationScoped
public class Referrals {

    private final TicketAccess access;
    private final DepartmentRepository departments;
    private final TeamRepository teams;
    private final Queues queues;
    private final Contacts contacts;
    private final Conversations conversations;
    private final Rights rights;
    private final EntityManager entityManager;
    private final EventLog eventLog;
    private final CurrentUser user;
    private final InstantSource clock;

    Referrals(
            TicketAccess access,
            DepartmentRepository departments,
            TeamRepository teams,
            Queues queues,
            Contacts contacts,
            Conversations conversations,
            Rights rights,
            EntityManager entityManager,
            EventLog eventLog,
            CurrentUser user,
            InstantSource clock) {
        this.access = access;
        this.departments = departments;
        this.teams = teams;
        this.queues = queues;
        this.contacts = contacts;
        this.conversations = conversations;
        this.rights = rights;
        this.entityManager = entityManager;
        this.eventLog = eventLog;
        this.user = user;
        this.clock = clock;
    }

    /// The ticket after it; whoever referred it may not see it any more.
    ///
    /// @return whether the caller's department may go on reading it
    @Transactional
    public boolean refer(UUID id, @Nullable String ifMatch, ReferralRequest request) {
        Ticket ticket = access.lock(id);
        if (ifMatch != null) {
            ETags.ifMatch(ifMatch, ticket.version());
        }
        Department home = departments.of(ticket.departmentId());
        rights.require(Right.REFER, home);
        Department next = departments.known(request.departmentId());
        if (next.id().equals(home.id())) {
            throw new ProblemException(TicketError.ALREADY_THERE, "It is in " + home.name() + " already.");
        }
        if (!next.isActive()) {
            throw new ProblemException(TicketError.DEPARTMENT_INACTIVE, next.name() + " takes no tickets.");
        }
        if (ticket.stageCategory().folded()) {
            throw new ProblemException(TicketError.TICKET_CLOSED, "Open it again before you refer it.");
        }
        requireTeam(next, request.teamId());
        if (request.queueId() != null) {
            queues.require(next.id(), request.queueId());
        }
        if (request.comment() != null && !request.comment().isBlank()) {
            conversations.add(
                    ticket,
                    NewMessage.internal(
                            Uuid7.next(),
                            MessageKind.COMMENT,
                            clock.instant(),
                            user.id(),
                            user.name(),
                            Body.text(request.comment())),
                    List.of(),
                    List.of());
        }
        Stage from = home.stage(ticket.stageId()).orElseThrow();
        boolean mayRead = home.readsReferred();
        // The other department is told what the ticket shows, also where it keeps the contact itself.
        ticket.know(contacts.handedTo(next.id(), ticket.requester(contacts.of(ticket.contactId()))));
        List<DomainEvent> events = ticket.refer(
                from,
                next.id(),
                next.placeFor(ticket.stageCategory()),
                request.teamId(),
                request.queueId(),
                null,
                mayRead);
        eventLog.append(TicketOpening.TOPIC, ticket, events.toArray(DomainEvent[]::new));
        reading(ticket.id(), home.id(), next.id(), mayRead);
        return mayRead;
    }

    private void requireTeam(Department department, @Nullable UUID teamId) {
        if (teamId != null) {
            Team team = teams.findById(teamId);
            if (team == null || !team.worksIn(department.id())) {
                throw new ProblemException(
                        TicketError.TEAM_UNKNOWN, department.name() + " has no team " + teamId + ".");
            }
        }
    }

    /// A department that has the ticket again needs no leave to read it.
    private void reading(UUID ticketId, UUID old, UUID next, boolean mayRead) {
        entityManager
                .createNativeQuery("delete from ticket_reader where ticket_id = :ticket and department_id = :next")
                .setParameter("ticket", ticketId)
                .setParameter("next", next)
                .executeUpdate();
        if (mayRead) {
            entityManager
                    .createNativeQuery("insert into ticket_reader (ticket_id, department_id) values (:ticket, :old)"
                            + " on conflict do nothing")
                    .setParameter("ticket", ticketId)
                    .setParameter("old", old)
                    .executeUpdate();
        }
    }
}
