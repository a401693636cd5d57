package org.stonechat.ticket.postponement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.TicketOpening;

/// Puts the due date of tickets off.
@ApplicationScoped
public class Postponements {

    private static final Duration FARTHEST = Duration.ofDays(3653);

    private final TicketAccess access;
    private final DepartmentRepository departments;
    private final Rights rights;
    private final EventLog eventLog;
    private final InstantSource clock;

    Postponements(
            TicketAccess access,
            DepartmentRepository departments,
            Rights rights,
            EventLog eventLog,
            InstantSource clock) {
        this.access = access;
        this.departments = departments;
        this.rights = rights;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    @Transactional
    public void postpone(UUID id, @Nullable String ifMatch, PostponementRequest request) {
        Ticket ticket = access.lock(id);
        if (ifMatch != null) {
            ETags.ifMatch(ifMatch, ticket.version());
        }
        Department department = departments.of(ticket.departmentId());
        rights.require(Right.EDIT, department);
        Instant now = clock.instant();
        Instant until = request.until() != null
                ? request.until()
                : later(base(ticket, now), ZoneId.of(department.timeZone()), request);
        if (!until.isAfter(now) || until.isAfter(now.plus(FARTHEST))) {
            throw ProblemException.invalid("/until", "It must lie ahead, by ten years at most.");
        }
        ticket.expectBy(until).ifPresent(changed -> eventLog.append(TicketOpening.TOPIC, ticket, changed));
    }

    /// What is overdue, or has no date yet, is put off from now on.
    private static Instant base(Ticket ticket, Instant now) {
        Instant due = ticket.dueAt();
        return due == null || due.isBefore(now) ? now : due;
    }

    /// Days, weeks and months keep the time of day on the department's wall clock, whatever summer time does.
    static Instant later(Instant base, ZoneId zone, PostponementRequest request) {
        int amount = Objects.requireNonNull(request.amount());
        ZonedDateTime from = base.atZone(zone);
        return switch (Objects.requireNonNull(request.unit())) {
            case HOURS -> base.plus(Duration.ofHours(amount));
            case DAYS -> from.plusDays(amount).toInstant();
            case WEEKS -> from.plusWeeks(amount).toInstant();
            case MONTHS -> from.plusMonths(amount).toInstant();
        };
    }
}
