package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.work.DueWork;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.StageChanged;

/// Moves tickets along their pipeline; the timer that closes what is solved goes with the move, in its transaction.
@ApplicationScoped
public class TicketStages {

    private final DueWork dueWork;
    private final Cause cause;
    private final InstantSource clock;
    private final Instance<SolveCheck> checks;

    TicketStages(DueWork dueWork, Cause cause, InstantSource clock, @Any Instance<SolveCheck> checks) {
        this.dueWork = dueWork;
        this.cause = cause;
        this.clock = clock;
        this.checks = checks;
    }

    /// @return the event, for the caller to append with what else happened
    StageChanged move(Ticket ticket, Department department, Stage to, Ticket.Move move) {
        Stage from = department
                .stage(ticket.stageId())
                .orElseThrow(() -> new IllegalStateException("stage " + ticket.stageId() + " is gone"));
        if (to.category().folded() && !from.category().folded()) {
            checks.forEach(check -> check.check(ticket, department));
        }
        boolean wasSolved = from.category() == StageCategory.SOLVED;
        Instant now = clock.instant();
        StageChanged changed = ticket.move(from, to, move, actingAgent(), now);
        String subject = ticket.id().toString();
        if (to.category() == StageCategory.SOLVED) {
            dueWork.schedule(
                    AutoCloseWork.KIND,
                    subject,
                    now.plus(department.autoCloseAfter()),
                    null,
                    Map.of("ticketId", ticket.id()));
        } else if (wasSolved) {
            dueWork.cancel(AutoCloseWork.KIND, subject);
        }
        return changed;
    }

    /// The ticket leaves the pipeline, as an alias of another one.
    public void pause(Ticket ticket) {
        dueWork.cancel(AutoCloseWork.KIND, ticket.id().toString());
    }

    /// The ticket is back on its pipeline, where it had stood.
    public void resume(Ticket ticket, Department department) {
        if (ticket.stageCategory() == StageCategory.SOLVED) {
            dueWork.schedule(
                    AutoCloseWork.KIND,
                    ticket.id().toString(),
                    Objects.requireNonNull(ticket.solvedAt()).plus(department.autoCloseAfter()),
                    null,
                    Map.of("ticketId", ticket.id()));
        }
    }

    /// The person who acts, or null when it is none of those who work here.
    @Nullable
    UUID actingAgent() {
        Actor actor = cause.actor();
        return actor.kind() == Actor.Kind.AGENT && actor.id() != null ? UUID.fromString(actor.id()) : null;
    }
}
