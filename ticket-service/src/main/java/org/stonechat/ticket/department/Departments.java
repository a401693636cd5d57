package org.stonechat.ticket.department;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.work.DueWork;
import org.stonechat.ticket.TicketError;

/// Setting departments up.
@ApplicationScoped
public class Departments {

    static final String TOPIC = "directory";

    /// The kind of the work that moves the timers of solved tickets.
    public static final String RETIMING = "ticket-auto-close-retiming";

    private final DepartmentRepository repository;
    private final EventLog eventLog;
    private final DueWork dueWork;
    private final InstantSource clock;

    private final Audit audit;

    Departments(DepartmentRepository repository, EventLog eventLog, DueWork dueWork, InstantSource clock, Audit audit) {
        this.repository = repository;
        this.eventLog = eventLog;
        this.dueWork = dueWork;
        this.clock = clock;
        this.audit = audit;
    }

    record Put(Department department, boolean created) {}

    /// Creates or changes; the same properties again change nothing.
    @Transactional
    Put put(UUID id, Department.Properties properties) {
        if (repository.slugTaken(properties.slug(), id)) {
            throw new ProblemException(TicketError.SLUG_TAKEN, "Choose another slug than " + properties.slug() + ".");
        }
        Optional<Department> existing = repository.lock(id);
        Department department = existing.orElseGet(() -> new Department(id));
        DepartmentView old = existing.map(DepartmentView::from).orElse(null);
        Duration closedAfter = existing.isEmpty() ? null : department.autoCloseAfter();
        if (existing.isEmpty()) {
            // First, because some of what is told of a department follows from its pipeline.
            for (Stage stage : department.layPipeline()) {
                eventLog.append(TOPIC, stage, stage.defined());
            }
        }
        Optional<DepartmentDefined> change = department.define(properties);
        if (closedAfter != null && !closedAfter.equals(department.autoCloseAfter())) {
            // Tickets that are solved already are closed after the new time too; there may be many.
            dueWork.schedule(RETIMING, id.toString(), clock.instant(), null, Map.of("departmentId", id));
        }
        change.ifPresent(defined -> {
            eventLog.append(TOPIC, department, defined);
            // Keycloak may be away: that must not keep a department from being set up.
            dueWork.schedule(
                    GroupWork.KIND, id.toString(), clock.instant(), null, new GroupWork.Wanted(id, department.name()));
        });
        if (existing.isEmpty()) {
            repository.persist(department);
        }
        audit.changed("department", id, Changes.between(old, DepartmentView.from(department)));
        return new Put(department, existing.isEmpty());
    }

    /// Tells of every department as it stands, for services that did not listen for it before.
    @Transactional(Transactional.TxType.MANDATORY)
    public void tellAgain() {
        repository.find("order by id").withLock(LockModeType.PESSIMISTIC_WRITE).stream()
                .forEach(department -> eventLog.append(TOPIC, department, department.defined()));
    }
}
