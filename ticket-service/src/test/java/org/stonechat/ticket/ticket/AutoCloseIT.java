package org.stonechat.ticket.ticket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.Rows;
import org.stonechat.ticket.World;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/// The timer that closes what is solved, when processes die and when there are many of them.
@QuarkusTest
@WithRealParts
class AutoCloseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String CLOSINGS =
            "select count(*) from domain_event where subject = ? and type = 'StageChanged'"
                    + " and data ->> 'why' = 'AUTO_CLOSE'";

    @Inject
    DataSource dataSource;

    @Inject
    AutoCloseWork work;

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    private String solved(UUID department) {
        String id = World.openTicket(World.ada(), department, "timer@customers.example");
        World.ada()
                .body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);
        return id;
    }

    private void turnBack(String id) {
        Rows.update(
                dataSource,
                "update ticket set solved_at = solved_at - interval '96 hours' where id = ?",
                UUID.fromString(id));
    }

    private long closings(String id) {
        return Rows.number(dataSource, CLOSINGS, UUID.fromString(id));
    }

    private void awaitClosed(String id) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(closings(id)).isEqualTo(1));
    }

    @Test
    @Proves("T-3")
    void shouldCloseWhatAProcessThatDiedHadBegunToClose() {
        UUID department = World.newDepartment(Map.of());
        String id = solved(department);
        turnBack(id);

        // Claimed by a replica that was killed in the middle of it.
        int claimed = Rows.update(
                dataSource,
                "update due_work set due_at = due_at - interval '96 hours', lease_owner = ?, attempt = 1,"
                        + " lease_until = now() - interval '1 second' where kind = 'ticket-auto-close' and subject = ?",
                UUID.randomUUID(),
                id);

        assertThat(claimed).isEqualTo(1);
        awaitClosed(id);
    }

    @Test
    @Proves("T-3")
    void shouldCloseWhatFellDueWhileNobodyWasRunning() {
        UUID department = World.newDepartment(Map.of());
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            ids.add(solved(department));
        }
        ids.forEach(this::turnBack);

        // No notification comes with it, as after a restart: the worker finds it in the table.
        Rows.update(
                dataSource,
                "update due_work set due_at = due_at - interval '97 hours' where kind = 'ticket-auto-close'"
                        + " and state = 'OPEN' and subject in (select id::text from ticket where department_id = ?)",
                department);

        ids.forEach(this::awaitClosed);
    }

    @Test
    @Proves("T-3")
    void shouldCloseOnceHoweverManyReplicasHoldTheTimer() throws InterruptedException, ExecutionException {
        UUID department = World.newDepartment(Map.of());
        String id = solved(department);
        turnBack(id);
        WorkItem item = new WorkItem(
                Uuid7.next(), AutoCloseWork.KIND, id, null, 1, true, JsonNodeFactory.instance.objectNode());

        try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> attempts = new ArrayList<>();
            for (int replica = 0; replica < 8; replica++) {
                attempts.add(replicas.submit(() -> perform(item)));
            }
            for (Future<?> attempt : attempts) {
                attempt.get();
            }
        }

        assertThat(closings(id)).isEqualTo(1);
    }

    private void perform(WorkItem item) {
        Arc.container().requestContext().activate();
        try {
            if (work.perform(item) instanceof Outcome.Done done) {
                QuarkusTransaction.requiringNew().run(done.inTransaction());
            }
        } finally {
            Arc.container().requestContext().terminate();
        }
    }

    @Test
    @Proves("T-3")
    void shouldNotCloseWhatWasOpenedAgainInTheVeryMoment() {
        UUID department = World.newDepartment(Map.of());
        String id = solved(department);
        turnBack(id);
        World.customer("timer@customers.example")
                .body(Map.of("bodyText", "It is not."))
                .post("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .statusCode(201);

        perform(new WorkItem(
                Uuid7.next(), AutoCloseWork.KIND, id, null, 1, false, JsonNodeFactory.instance.objectNode()));

        assertThat(closings(id)).isZero();
    }
}
