package org.stonechat.ticket.ticket;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.work.DueWork;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.Pipelines;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.event.StageChanged;

/// Moves the tickets of a retired stage on, some at a time.
@ApplicationScoped
class StageRetirementWork implements WorkHandler {

    private static final int AT_ONCE = 200;

    /// Longer than any transaction that may have read the pipeline as it was before.
    private static final Duration AFTER_THE_LAST = Duration.ofSeconds(65);

    private final TicketRepository tickets;
    private final DepartmentRepository departments;
    private final TicketStages stages;
    private final EventLog eventLog;
    private final DueWork dueWork;
    private final InstantSource clock;

    StageRetirementWork(
            TicketRepository tickets,
            DepartmentRepository departments,
            TicketStages stages,
            EventLog eventLog,
            DueWork dueWork,
            InstantSource clock) {
        this.tickets = tickets;
        this.departments = departments;
        this.stages = stages;
        this.eventLog = eventLog;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return Pipelines.RETIREMENT;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public Outcome perform(WorkItem item) {
        Pipelines.Retirement retirement = item.payloadAs(Pipelines.Retirement.class);
        return Outcome.done(() -> moveSome(retirement));
    }

    private void moveSome(Pipelines.Retirement retirement) {
        Department department = departments.of(retirement.departmentId());
        Optional<Stage> from = department.stage(retirement.stageId());
        Optional<Stage> to = from.filter(Stage::isRetired).flatMap(stage -> destination(department, stage));
        if (to.isEmpty()) {
            // It is back on the pipeline, or its tickets may keep it after all.
            return;
        }
        List<UUID> waiting = tickets.standingOn(retirement.stageId(), AT_ONCE);
        for (UUID id : waiting) {
            // Looked at again under its lock: somebody may have moved it meanwhile.
            tickets.lock(id)
                    .filter(ticket -> ticket.stageId().equals(retirement.stageId()))
                    .ifPresent(ticket -> eventLog.append(
                            TicketOpening.TOPIC,
                            ticket,
                            stages.move(
                                            ticket,
                                            department,
                                            to.get(),
                                            Ticket.Move.because(StageChanged.Why.STAGE_RETIRED))
                                    .toArray(DomainEvent[]::new)));
        }
        boolean more = waiting.size() == AT_ONCE;
        if (more || !retirement.last()) {
            dueWork.schedule(
                    kind(),
                    retirement.stageId().toString(),
                    more ? clock.instant() : clock.instant().plus(AFTER_THE_LAST),
                    null,
                    new Pipelines.Retirement(retirement.departmentId(), retirement.stageId(), !more));
        }
    }

    /// Where the tickets go; further on when that stage has been retired in turn.
    private static Optional<Stage> destination(Department department, Stage retired) {
        Stage stage = retired;
        for (int steps = 0; steps <= department.retiredStages().size(); steps++) {
            UUID next = stage.movesTo();
            if (next == null) {
                return Optional.empty();
            }
            stage = department.stage(next).orElseThrow();
            if (!stage.isRetired()) {
                return retired.category().mayBecome(stage.category()) ? Optional.of(stage) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
