package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.work.DueWork;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.StageChanged;

/// Moves tickets along their pipeline; the timer that closes what is solved goes with the move, in its
/// transaction.
@ApplicationScoped
public class TicketStages {

    private final DueWork dueWork;
    private final Cause cause;
    private final InstantSource clock;
    private final Instance<SolveCheck> checks;
    private final Assignees assignees;

    TicketStages(
            DueWork dueWork, Cause cause, InstantSource clock, @Any Instance<SolveCheck> checks, Assignees assignees) {
        this.assignees = assignees;
        this.dueWork = dueWork;
        this.cause = cause;
        this.clock = clock;
        this.checks = checks;
    }

    /// @return the events, for the caller to append with what else happened
    /// @throws ProblemException 409 `transition-illegal` with the stages that are `allowed`, or what a
    ///                          [SolveCheck] says
    List<DomainEvent> move(Ticket ticket, Department department, Stage to, Ticket.Move move) {
        Stage from = department
                .stage(ticket.stageId())
                .orElseThrow(() -> new IllegalStateException("stage " + ticket.stageId() + " is gone"));
        boolean wasSolved = from.category() == StageCategory.SOLVED;
        requireLegal(department, from, to);
        if (to.category().folded() && !from.category().folded()) {
            checks.forEach(check -> check.check(ticket, department));
        }
        Instant now = clock.instant();
        List<DomainEvent> events = new ArrayList<>();
        events.add(ticket.move(from, to, move, actingAgent(), now));
        if (to.category() == StageCategory.CLOSED && department.unassignsOnClose()) {
            ticket.assign(null, ticket.teamId()).ifPresent(events::add);
        }
        boolean again = from.category().folded() || move.why() == StageChanged.Why.CUSTOMER_MESSAGE;
        if (again && !to.category().folded()) {
            assignees.release(ticket, department).ifPresent(events::add);
        }
        String subject = ticket.id().toString();
        if (to.category() == StageCategory.SOLVED) {
            closeLater(ticket, department);
        } else if (wasSolved) {
            dueWork.cancel(AutoCloseWork.KIND, subject);
        }
        return events;
    }

    /// Sets or moves the timer of a ticket that is solved.
    void closeLater(Ticket ticket, Department department) {
        dueWork.schedule(
                AutoCloseWork.KIND,
                ticket.id().toString(),
                Objects.requireNonNull(ticket.solvedAt()).plus(department.autoCloseAfter()),
                null,
                Map.of("ticketId", ticket.id()));
    }

    private static void requireLegal(Department department, Stage from, Stage to) {
        if (to.isRetired()) {
            throw new ProblemException(TicketError.STAGE_RETIRED, "Nothing comes to " + to.label() + " any more.");
        }
        if (!from.category().mayBecome(to.category())) {
            List<Stage> allowed = department.reachableFrom(from);
            throw new ProblemException(
                    TicketError.TRANSITION_ILLEGAL,
                    "A ticket cannot go from " + from.label() + " to " + to.label() + ". It can go to: "
                            + allowed.stream().map(Stage::label).collect(Collectors.joining(", ")) + ".",
                    List.of(),
                    Map.of(
                            "allowed",
                            allowed.stream().map(TicketView.StageOf::from).toList()));
        }
    }

    /// The ticket leaves the pipeline, as an alias of another one.
    public void pause(Ticket ticket) {
        dueWork.cancel(AutoCloseWork.KIND, ticket.id().toString());
    }

    /// The ticket is back on its pipeline, where it had stood.
    public void resume(Ticket ticket, Department department) {
        if (ticket.stageCategory() == StageCategory.SOLVED) {
            closeLater(ticket, department);
        }
    }

    /// The person who acts, or null when it is none of those who work here.
    @Nullable
    UUID actingAgent() {
        Actor actor = cause.actor();
        return actor.kind() == Actor.Kind.AGENT && actor.id() != null ? UUID.fromString(actor.id()) : null;
    }
}
