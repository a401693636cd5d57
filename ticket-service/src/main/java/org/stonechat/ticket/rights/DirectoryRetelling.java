package org.stonechat.ticket.rights;

import java.time.Duration;
import java.time.InstantSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.stonechat.kit.work.DueWork;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.ticket.agent.Directory;
import org.stonechat.ticket.department.Departments;

import io.quarkus.runtime.StartupEvent;

/// Tells once a day again what all services must know of rights: defined roles, departments, and who does not work
/// here any more. What was told before a service listened for it would never reach that service: those of an
/// installation that is upgraded start one after the other, so it is told at once and after an hour. It is a few
/// dozen records.
@ApplicationScoped
class DirectoryRetelling implements WorkHandler {

    private static final String KIND = "directory-retelling";
    private static final String SUBJECT = "rights";
    private static final Duration WHILE_OTHERS_START = Duration.ofHours(1);
    private static final Duration USUALLY = Duration.ofDays(1);

    private final RoleDefining roles;
    private final Departments departments;
    private final Directory people;
    private final DueWork dueWork;
    private final InstantSource clock;

    DirectoryRetelling(
            RoleDefining roles, Departments departments, Directory people, DueWork dueWork, InstantSource clock) {
        this.roles = roles;
        this.departments = departments;
        this.people = people;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    record Turn(int number) {}

    void start(@Observes StartupEvent event) {
        dueWork.startRecurring(KIND, SUBJECT, clock.instant(), new Turn(0));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public int maxAttempts() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Outcome perform(WorkItem item) {
        int turn = item.payloadAs(Turn.class).number();
        return Outcome.done(() -> {
            departments.tellAgain();
            roles.tellAgain();
            people.tellOfTheGoneAgain();
            dueWork.schedule(
                    KIND,
                    SUBJECT,
                    clock.instant().plus(turn == 0 ? WHILE_OTHERS_START : USUALLY),
                    null,
                    new Turn(turn + 1));
        });
    }
}
