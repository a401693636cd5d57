package org.stonechat.ticket.merge;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.MergeUndone;
import org.stonechat.ticket.event.Standing;
import org.stonechat.ticket.event.TicketMerged;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.ticket.Assignees;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.TicketOpening;
import org.stonechat.ticket.ticket.TicketRepository;
import org.stonechat.ticket.ticket.TicketStages;

/// Makes a ticket an alias of another, and a ticket of its own again. No rows move: aliases are followed on
/// reading.
@ApplicationScoped
public class Merging {

    private final TicketAccess access;
    private final TicketRepository tickets;
    private final MessageRepository messages;
    private final DepartmentRepository departments;
    private final TicketStages stages;
    private final Assignees assignees;
    private final Rights rights;
    private final EntityManager entityManager;
    private final EventLog eventLog;
    private final CurrentUser user;
    private final InstantSource clock;

    Merging(
            TicketAccess access,
            TicketRepository tickets,
            MessageRepository messages,
            DepartmentRepository departments,
            TicketStages stages,
            Assignees assignees,
            Rights rights,
            EntityManager entityManager,
            EventLog eventLog,
            CurrentUser user,
            InstantSource clock) {
        this.access = access;
        this.tickets = tickets;
        this.messages = messages;
        this.departments = departments;
        this.stages = stages;
        this.assignees = assignees;
        this.rights = rights;
        this.entityManager = entityManager;
        this.eventLog = eventLog;
        this.user = user;
        this.clock = clock;
    }

    /// Doing it again changes nothing.
    ///
    /// @return the survivor
    @Transactional
    public UUID merge(UUID id, UUID into) {
        UUID survivorId = access.read(into).id();
        Ticket merged = access.readItself(id);
        if (merged.mergedInto() != null) {
            if (access.read(id).id().equals(survivorId)) {
                return survivorId;
            }
            throw new ProblemException(
                    TicketError.ALREADY_MERGED, "It is an alias of another ticket already. Undo that first.");
        }
        if (survivorId.equals(id)) {
            throw new ProblemException(
                    TicketError.MERGE_CIRCULAR,
                    id.equals(into)
                            ? "A ticket cannot become an alias of itself."
                            : "The other ticket is an alias of this one.");
        }
        // In one order for everybody, so that two merges cannot wait for each other.
        Stream.of(id, survivorId).sorted().forEach(tickets::lockItself);
        Ticket survivor = access.readItself(survivorId);
        if (merged.mergedInto() != null || survivor.mergedInto() != null) {
            throw new ProblemException(TicketError.ALREADY_MERGED, "One of them was merged just now. Look again.");
        }
        access.require(merged);
        access.require(survivor);
        rights.require(Right.EDIT, departments.of(merged.departmentId()));
        rights.require(Right.EDIT, departments.of(survivor.departmentId()));
        requireMergeable(merged, survivor);
        Instant waitingBefore = survivor.waitingSince();
        merged.mergeInto(survivor);
        stages.pause(merged);
        for (Ticket one : List.of(merged, survivor)) {
            eventLog.append(
                    TicketOpening.TOPIC,
                    one,
                    new TicketMerged(new TicketMerged.Data(
                            one.standing(), survivor.id(), survivor.number(), merged.id(), merged.number())));
        }
        entityManager.persist(new TicketMerge(
                id, survivorId, clock.instant(), user.id(), user.name(), waitingBefore, survivor.waitingSince()));
        return survivorId;
    }

    private static void requireMergeable(Ticket merged, Ticket survivor) {
        if (merged.reviewId() != null) {
            throw new ProblemException(
                    TicketError.MERGE_IMPOSSIBLE,
                    "Ticket " + merged.number() + " is a review's, which is answered on its platform. Merge the other"
                            + " one into it.");
        }
        if (survivor.stageCategory() == StageCategory.CLOSED
                || (survivor.stageCategory().folded() && !merged.stageCategory().folded())) {
            throw new ProblemException(
                    TicketError.MERGE_IMPOSSIBLE,
                    "Ticket " + survivor.number() + " is done; what still is to do would be lost in it. Open it again"
                            + " first.");
        }
    }

    /// Makes an alias a ticket of its own again. Messages that came after the merge stay where they are.
    @Transactional
    void undo(UUID id) {
        access.read(id);
        // The way every change of an alias goes: first itself, then what it was merged into.
        Ticket merged = tickets.lockItself(id).orElseThrow(() -> ProblemException.notFound("ticket"));
        UUID survivorId = merged.mergedInto();
        if (survivorId == null) {
            throw new ProblemException(TicketError.NOT_MERGED, "It is no alias of another ticket.");
        }
        Ticket survivor = tickets.lockItself(survivorId).orElseThrow(() -> ProblemException.notFound("ticket"));
        rights.require(Right.EDIT, departments.of(merged.departmentId()));
        TicketMerge merge = entityManager.find(TicketMerge.class, id);
        merged.undoMerge(survivor, merge.waitingBefore(), merge.waitingAfter());
        stages.resume(merged, departments.of(merged.departmentId()));
        entityManager.remove(merge);
        assignees
                .release(merged, departments.of(merged.departmentId()))
                .ifPresent(released -> eventLog.append(TicketOpening.TOPIC, merged, released));
        for (Ticket one : List.of(merged, survivor)) {
            Standing standing = one.standing();
            eventLog.append(
                    TicketOpening.TOPIC,
                    one,
                    new MergeUndone(new MergeUndone.Data(
                            standing, survivor.id(), survivor.number(), merged.id(), merged.number())));
        }
    }

    /// What belongs together.
    FamilyView family(UUID id) {
        Ticket survivor = access.read(id);
        List<FamilyView.Merged> merged = entityManager
                .createQuery("""
                                select m, t from TicketMerge m join Ticket t on t.id = m.ticketId
                                where m.ticketId in :family order by m.mergedAt, m.ticketId
                                """, Object[].class)
                .setParameter("family", messages.family(survivor.id()))
                .getResultList()
                .stream()
                .map(row -> merged((TicketMerge) row[0], (Ticket) row[1]))
                .toList();
        return new FamilyView(
                survivor.id(),
                merged,
                relatives("select origin_id from ticket_split where ticket_id = :id", survivor.id()).stream()
                        .findFirst()
                        .orElse(null),
                relatives("select ticket_id from ticket_split where origin_id = :id order by split_at", survivor.id()));
    }

    private static FamilyView.Merged merged(TicketMerge merge, Ticket ticket) {
        return new FamilyView.Merged(
                ticket.id(),
                ticket.number(),
                ticket.subject(),
                merge.survivorId(),
                merge.mergedAt(),
                merge.mergedBy(),
                merge.mergedByName());
    }

    @SuppressWarnings("unchecked")
    private List<FamilyView.Relative> relatives(String sql, UUID id) {
        List<UUID> ids = entityManager
                .createNativeQuery(sql, UUID.class)
                .setParameter("id", id)
                .setMaxResults(100)
                .getResultList();
        return ids.stream()
                .map(tickets::findById)
                .filter(access::sees)
                .map(ticket -> new FamilyView.Relative(ticket.id(), ticket.number(), ticket.subject()))
                .toList();
    }
}
