package org.stonechat.ticket.link;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.TicketsLinked;
import org.stonechat.ticket.event.TicketsUnlinked;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.TicketOpening;

/// Ties tickets together. A follow-up is tied to what it continues by itself.
@ApplicationScoped
class Links {

    private static final int MOST = 200;

    private final TicketAccess access;
    private final DepartmentRepository departments;
    private final Rights rights;
    private final EntityManager entityManager;
    private final EventLog eventLog;
    private final InstantSource clock;

    Links(
            TicketAccess access,
            DepartmentRepository departments,
            Rights rights,
            EntityManager entityManager,
            EventLog eventLog,
            InstantSource clock) {
        this.access = access;
        this.departments = departments;
        this.rights = rights;
        this.entityManager = entityManager;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    private record Pair(Ticket one, Ticket other) {}

    /// Linking what is linked changes nothing.
    @Transactional
    void link(UUID id, UUID otherId) {
        Pair pair = lockBoth(id, otherId);
        Instant now = clock.instant();
        int made = insert(pair.one(), pair.other(), now) + insert(pair.other(), pair.one(), now);
        if (made > 0) {
            tell(
                    pair.one(),
                    new TicketsLinked(new TicketsLinked.Data(
                            pair.one().standing(),
                            pair.other().id(),
                            pair.other().number())));
            tell(
                    pair.other(),
                    new TicketsLinked(new TicketsLinked.Data(
                            pair.other().standing(), pair.one().id(), pair.one().number())));
        }
    }

    /// @throws ProblemException 404 when they are not linked
    @Transactional
    void unlink(UUID id, UUID otherId) {
        Pair pair = lockBoth(id, otherId);
        int gone = entityManager
                .createNativeQuery("delete from ticket_link where (ticket_id = :one and other_id = :other)"
                        + " or (ticket_id = :other and other_id = :one)")
                .setParameter("one", pair.one().id())
                .setParameter("other", pair.other().id())
                .executeUpdate();
        if (gone == 0) {
            throw ProblemException.notFound("link");
        }
        tell(
                pair.one(),
                new TicketsUnlinked(new TicketsUnlinked.Data(
                        pair.one().standing(), pair.other().id(), pair.other().number())));
        tell(
                pair.other(),
                new TicketsUnlinked(new TicketsUnlinked.Data(
                        pair.other().standing(), pair.one().id(), pair.one().number())));
    }

    /// What a ticket is tied to; only what the caller may see.
    @SuppressWarnings("unchecked")
    List<LinkView> of(UUID id) {
        UUID ticketId = access.read(id).id();
        List<Object[]> rows = entityManager
                .createNativeQuery("""
                                select other_id, 'RELATED' as how from ticket_link where ticket_id = :id
                                union all
                                select follow_up_of, 'CONTINUES' from ticket where id = :id and follow_up_of is not null
                                union all
                                select id, 'CONTINUED_BY' from ticket where follow_up_of = :id
                                order by 1 limit :most
                                """)
                .setParameter("id", ticketId)
                .setParameter("most", MOST)
                .getResultList();
        List<LinkView> links = new ArrayList<>();
        for (Object[] row : rows) {
            seen((UUID) row[0])
                    .ifPresent(other -> links.add(LinkView.from(
                            LinkView.How.valueOf((String) row[1]), other, departments.of(other.departmentId()))));
        }
        return links;
    }

    private Optional<Ticket> seen(UUID id) {
        try {
            return Optional.of(access.read(id));
        } catch (ProblemException outOfSight) {
            return Optional.empty();
        }
    }

    /// In the order of their ids, so that two who link the same tickets do not wait for each other for ever.
    private Pair lockBoth(UUID id, UUID otherId) {
        // Forgotten again: what was read before its row was locked may be old by then.
        entityManager.detach(access.read(id));
        entityManager.detach(seen(otherId)
                .orElseThrow(
                        () -> new ProblemException(TicketError.TICKET_UNKNOWN, "There is no ticket " + otherId + ".")));
        Ticket one;
        Ticket other;
        if (id.compareTo(otherId) < 0) {
            one = access.lock(id);
            other = access.lock(otherId);
        } else {
            other = access.lock(otherId);
            one = access.lock(id);
        }
        if (one.id().equals(other.id())) {
            throw ProblemException.invalid("/ticketId", "A ticket is not linked to itself.");
        }
        rights.require(Right.EDIT, departments.of(one.departmentId()));
        return new Pair(one, other);
    }

    private int insert(Ticket from, Ticket to, Instant now) {
        return entityManager
                .createNativeQuery(
                        "insert into ticket_link (ticket_id, other_id, linked_at) values (:one, :other, :now)"
                                + " on conflict do nothing")
                .setParameter("one", from.id())
                .setParameter("other", to.id())
                .setParameter("now", now)
                .executeUpdate();
    }

    private void tell(Ticket ticket, DomainEvent event) {
        eventLog.append(TicketOpening.TOPIC, ticket, event);
    }
}
