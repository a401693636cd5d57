package org.stonechat.ticket.ticket;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.work.DueWork;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.Departments;
import org.stonechat.ticket.department.StageCategory;

/// Moves the timers of a department's solved tickets when it closes them after another time than before.
@ApplicationScoped
class AutoCloseRetimingWork implements WorkHandler {

    private static final int AT_ONCE = 500;
    private static final UUID LOWEST = new UUID(0, 0);

    private final TicketRepository tickets;
    private final DepartmentRepository departments;
    private final TicketStages stages;
    private final DueWork dueWork;
    private final InstantSource clock;

    AutoCloseRetimingWork(
            TicketRepository tickets,
            DepartmentRepository departments,
            TicketStages stages,
            DueWork dueWork,
            InstantSource clock) {
        this.tickets = tickets;
        this.departments = departments;
        this.stages = stages;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    /// @param after the last ticket that has been seen to
    record Retiming(UUID departmentId, @Nullable UUID after) {}

    @Override
    public String kind() {
        return Departments.RETIMING;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public Outcome perform(WorkItem item) {
        Retiming retiming = item.payloadAs(Retiming.class);
        return Outcome.done(() -> moveSome(retiming));
    }

    private void moveSome(Retiming retiming) {
        Department department = departments.of(retiming.departmentId());
        List<UUID> solved =
                tickets.solvedIn(department.id(), retiming.after() == null ? LOWEST : retiming.after(), AT_ONCE);
        for (UUID id : solved) {
            tickets.lock(id)
                    .filter(ticket -> ticket.stageCategory() == StageCategory.SOLVED)
                    .ifPresent(ticket -> stages.closeLater(ticket, department));
        }
        if (solved.size() == AT_ONCE) {
            dueWork.schedule(
                    kind(),
                    department.id().toString(),
                    clock.instant(),
                    null,
                    new Retiming(department.id(), solved.getLast()));
        }
    }
}
