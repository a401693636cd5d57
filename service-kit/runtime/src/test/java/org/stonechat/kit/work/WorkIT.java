package org.stonechat.kit.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.KitPostgres;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.listen.NotificationListener;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(KitPostgres.class)
class WorkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Map<String, String> NOTHING = Map.of();

    @Inject
    DueWork work;

    @Inject
    WorkTable table;

    @Inject
    WorkContext context;

    @Inject
    WorkMetrics metrics;

    @Inject
    WorkConfig config;

    @Inject
    InstantSource clock;

    @Inject
    DataSource dataSource;

    @Inject
    Cause cause;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    private final List<Worker> workers = new ArrayList<>();
    private final List<NotificationListener> listeners = new ArrayList<>();
    private String kind = "";

    @BeforeEach
    void ownKind() {
        kind = "test-" + Uuid7.next();
    }

    @AfterEach
    void stopWorkers() {
        listeners.forEach(NotificationListener::close);
        workers.forEach(worker -> worker.stop(Duration.ofSeconds(5)));
    }

    @Test
    void shouldPerformWhatACommittedTransactionScheduled() {
        // given
        RecordingHandler handler = new RecordingHandler(kind, item -> Outcome.done());
        startWorker(handler);

        // when
        inTransaction(() -> work.schedule(kind, "ticket-1", clock.instant(), null, new Payload("Hello", 2)));

        // then
        await().atMost(PATIENCE).until(() -> state("ticket-1").equals(List.of("DONE")));
        assertThat(handler.attempts).hasSize(1);
        WorkItem item = handler.attempts.getFirst();
        assertThat(item.payloadAs(Payload.class)).isEqualTo(new Payload("Hello", 2));
        assertThat(item.attempt()).isEqualTo(1);
        assertThat(item.inDoubt()).isFalse();
    }

    @Test
    void shouldKnowNothingOfARolledBackTransaction() {
        assertThatThrownBy(() -> inTransaction(() -> {
                    work.schedule(kind, "ticket-1", clock.instant(), null, NOTHING);
                    throw new IllegalStateException("refused");
                }))
                .hasMessageContaining("refused");

        assertThat(state("ticket-1")).isEmpty();
    }

    @Test
    void shouldRefuseToScheduleOutsideATransaction() {
        assertThatThrownBy(() -> work.schedule(kind, "ticket-1", clock.instant(), null, NOTHING))
                .isNotNull();
    }

    @Test
    void shouldMoveAWaitingTimer() {
        // given
        RecordingHandler handler = new RecordingHandler(kind, item -> Outcome.done());
        startWorker(handler);
        inTransaction(() -> work.schedule(kind, "ticket-1", inOneHour(), null, NOTHING));

        // when
        inTransaction(() -> work.schedule(kind, "ticket-1", clock.instant().plusMillis(50), null, NOTHING));

        // then
        await().atMost(PATIENCE).until(() -> state("ticket-1").equals(List.of("DONE")));
        assertThat(handler.attempts).hasSize(1);
    }

    @Test
    void shouldKeepTheTimeWhenTheMoveIsRolledBack() {
        // given
        Instant dueAt = inOneHour();
        inTransaction(() -> work.schedule(kind, "ticket-1", dueAt, null, NOTHING));

        // when
        rolledBack(() -> work.schedule(kind, "ticket-1", clock.instant(), null, NOTHING));

        // then
        assertThat(table.claim(Uuid7.next(), lanes(), List.of(), clock.instant()))
                .isEmpty();
        assertThat(table.claim(Uuid7.next(), lanes(), List.of(), dueAt)).hasSize(1);
    }

    @Test
    void shouldForgetACancelledTimer() {
        // given
        inTransaction(() -> work.schedule(kind, "ticket-1", inOneHour(), null, NOTHING));

        // when
        boolean first = QuarkusTransaction.requiringNew().call(() -> work.cancel(kind, "ticket-1"));
        boolean second = QuarkusTransaction.requiringNew().call(() -> work.cancel(kind, "ticket-1"));

        // then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(table.claim(Uuid7.next(), lanes(), List.of(), inOneHour().plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void shouldKeepATimerWhoseCancellationIsRolledBack() {
        inTransaction(() -> work.schedule(kind, "ticket-1", inOneHour(), null, NOTHING));

        rolledBack(() -> work.cancel(kind, "ticket-1"));

        assertThat(table.claim(Uuid7.next(), lanes(), List.of(), inOneHour().plusSeconds(1)))
                .hasSize(1);
    }

    @Test
    void shouldScheduleAnEffectOnceAndForAll() {
        // given
        RecordingHandler handler = new RecordingHandler(kind, item -> Outcome.done());
        startWorker(handler);

        // when
        boolean first = scheduleOnce("message-1");
        await().atMost(PATIENCE).until(() -> state("message-1").equals(List.of("DONE")));
        boolean again = scheduleOnce("message-1");

        // then
        assertThat(first).isTrue();
        assertThat(again).isFalse();
        assertThat(state("message-1")).containsExactly("DONE");
        assertThat(handler.attempts).hasSize(1);
    }

    @Test
    void shouldFollowUpOnWhatIsScheduledWhileItIsPerformed() {
        // given
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RecordingHandler handler = new RecordingHandler(kind, item -> {
            begun.countDown();
            waitFor(goOn);
            return Outcome.done();
        });
        startWorker(handler);
        inTransaction(() -> work.schedule(kind, "ticket-1", clock.instant(), null, new Payload("first", 1)));
        waitFor(begun);

        // when
        boolean cancelled = QuarkusTransaction.requiringNew().call(() -> work.cancel(kind, "ticket-1"));
        inTransaction(() -> work.schedule(kind, "ticket-1", clock.instant(), null, new Payload("second", 2)));
        goOn.countDown();

        // then
        await().atMost(PATIENCE).until(() -> state("ticket-1").equals(List.of("DONE", "DONE")));
        assertThat(cancelled).isFalse();
        assertThat(handler.attempts.stream()
                        .map(item -> item.payloadAs(Payload.class).text()))
                .containsExactly("first", "second");
    }

    @Test
    void shouldNeverGiveOnePieceToTwoWorkers() {
        // given
        RecordingHandler handler = new RecordingHandler(kind, item -> Outcome.done());
        inTransaction(() -> {
            for (int subject = 0; subject < 300; subject++) {
                work.schedule(kind, "ticket-" + subject, clock.instant(), null, NOTHING);
            }
        });

        // when
        startWorker(handler);
        startWorker(handler);
        startWorker(handler);

        // then
        await().atMost(PATIENCE).until(() -> count("DONE") == 300);
        assertThat(handler.subjects()).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepTheOrderOfAnOrderingKeyEvenWhenOneHasToBeTriedAgain() {
        // given
        List<String> finished = new CopyOnWriteArrayList<>();
        RecordingHandler handler = new RecordingHandler(kind, item -> {
            if (item.subject().endsWith("-3") && item.attempt() < 3) {
                return Outcome.retry("not yet");
            }
            return Outcome.done(() -> finished.add(item.subject()));
        });
        for (int position = 0; position < 10; position++) {
            for (int key = 0; key < 4; key++) {
                String subject = kind + "-" + key + "-" + position;
                String orderingKey = kind + key;
                inTransaction(() -> work.schedule(kind, subject, clock.instant(), orderingKey, NOTHING));
            }
        }

        // when
        startWorker(handler);
        startWorker(handler);

        // then
        await().atMost(PATIENCE).until(() -> count("DONE") == 40);
        for (int key = 0; key < 4; key++) {
            String prefix = kind + "-" + key + "-";
            assertThat(finished.stream().filter(subject -> subject.startsWith(prefix)))
                    .extracting(subject -> Integer.parseInt(subject.substring(prefix.length())))
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void shouldNotHoldDueWorkBackBehindAFutureTimer() {
        inTransaction(() -> {
            work.schedule(kind, "later", inOneHour(), kind, NOTHING);
            work.schedule(kind, "now", clock.instant(), kind, NOTHING);
        });

        List<WorkTable.Claim> claims = table.claim(Uuid7.next(), lanes(), List.of(), clock.instant());

        assertThat(claims).extracting(claim -> claim.item().subject()).containsExactly("now");
    }

    @Test
    void shouldGoOnAfterWorkThatFailedForGood() {
        // given
        RecordingHandler handler = new RecordingHandler(
                kind, item -> item.subject().equals("bad") ? Outcome.failed("refused") : Outcome.done());
        inTransaction(() -> {
            work.schedule(kind, "bad", clock.instant(), kind, NOTHING);
            work.schedule(kind, "good", clock.instant(), kind, NOTHING);
        });

        // when
        startWorker(handler);

        // then
        await().atMost(PATIENCE).until(() -> state("good").equals(List.of("DONE")));
        assertThat(state("bad")).containsExactly("FAILED");
    }

    @Test
    void shouldHandTheWorkOfAKilledWorkerOnInDoubt() {
        // given
        inTransaction(() -> work.schedule(kind, "message-1", clock.instant(), kind, NOTHING));
        WorkTable.Lane shortLease = new WorkTable.Lane(kind, 1, Duration.ofMillis(300));
        assertThat(table.claim(Uuid7.next(), List.of(shortLease), List.of(), clock.instant()))
                .hasSize(1);
        RecordingHandler handler = new RecordingHandler(kind, item -> Outcome.done());

        // when
        startWorker(handler);

        // then
        await().atMost(PATIENCE).until(() -> state("message-1").equals(List.of("DONE")));
        assertThat(handler.attempts).singleElement().satisfies(item -> {
            assertThat(item.inDoubt()).isTrue();
            assertThat(item.attempt()).isEqualTo(2);
        });
    }

    @Test
    void shouldNotRecordTheOutcomeOfAnAttemptThatOutlivedItsLease() {
        // given
        CountDownLatch secondIsDone = new CountDownLatch(1);
        List<Integer> recorded = new CopyOnWriteArrayList<>();
        RecordingHandler handler = new RecordingHandler(kind, item -> {
                    if (item.attempt() == 1) {
                        waitUninterruptibly(secondIsDone);
                    }
                    return Outcome.done(() -> recorded.add(item.attempt()));
                })
                .timingOutAfter(Duration.ofSeconds(1));
        inTransaction(() -> work.schedule(kind, "message-1", clock.instant(), null, NOTHING));
        Worker slow = startWorker(handler);
        await().atMost(PATIENCE).until(() -> handler.attempts.size() == 1);

        // when
        startWorker(handler);
        await().atMost(PATIENCE).until(() -> state("message-1").equals(List.of("DONE")));
        secondIsDone.countDown();
        slow.stop(PATIENCE);

        // then
        assertThat(recorded).containsExactly(2);
        assertThat(handler.attempts.getLast().inDoubt()).isTrue();
    }

    @Test
    void shouldInterruptAnAttemptThatTakesTooLongAndTryAgainInDoubt() {
        // given
        RecordingHandler handler = new RecordingHandler(kind, item -> {
                    if (item.attempt() == 1) {
                        waitFor(new CountDownLatch(1));
                    }
                    return Outcome.done();
                })
                .timingOutAfter(Duration.ofSeconds(1));
        inTransaction(() -> work.schedule(kind, "message-1", clock.instant(), null, NOTHING));

        // when
        startWorker(handler);

        // then
        await().atMost(PATIENCE).until(() -> state("message-1").equals(List.of("DONE")));
        assertThat(handler.attempts).extracting(WorkItem::inDoubt).containsExactly(false, true);
    }

    @Test
    void shouldHoldWorkForAShortTimeAndRenewItWhileItIsDone() {
        // given: work that may take minutes, and a second process that would take it
        CountDownLatch finish = new CountDownLatch(1);
        RecordingHandler handler = new RecordingHandler(kind, item -> {
                    waitFor(finish);
                    return Outcome.done();
                })
                .timingOutAfter(Duration.ofMinutes(5));
        inTransaction(() -> work.schedule(kind, "message-1", clock.instant(), null, NOTHING));
        startWorker(handler);
        await().atMost(PATIENCE).until(() -> handler.attempts.size() == 1);
        Instant claimed = leaseUntil("message-1");

        // when
        startWorker(handler);
        await().atMost(PATIENCE).until(() -> leaseUntil("message-1").isAfter(claimed.plus(config.lease())));

        // then: nobody has to wait for minutes if the process dies now, and nobody has begun again
        assertThat(claimed).isBeforeOrEqualTo(clock.instant().plus(config.lease()));
        assertThat(leaseUntil("message-1")).isBeforeOrEqualTo(clock.instant().plus(config.lease()));
        finish.countDown();
        await().atMost(PATIENCE).until(() -> state("message-1").equals(List.of("DONE")));
        assertThat(handler.attempts).hasSize(1);
    }

    @Test
    void shouldInterruptAnAttemptThatLostItsLease() {
        // given
        CountDownLatch never = new CountDownLatch(1);
        List<String> endings = new CopyOnWriteArrayList<>();
        RecordingHandler handler = new RecordingHandler(kind, item -> {
                    try {
                        waitFor(never);
                    } catch (IllegalStateException interrupted) {
                        endings.add(String.valueOf(interrupted.getMessage()));
                    }
                    return Outcome.done(() -> endings.add("recorded"));
                })
                .timingOutAfter(Duration.ofMinutes(5));
        inTransaction(() -> work.schedule(kind, "message-1", clock.instant(), null, NOTHING));
        startWorker(handler);
        await().atMost(PATIENCE).until(() -> handler.attempts.size() == 1);

        // when: somebody else has it, for a long time
        update(
                "update due_work set lease_owner = gen_random_uuid(), lease_until = current_timestamp + interval '1 h'"
                        + " where kind = ?",
                kind);

        // then
        await().atMost(PATIENCE).until(() -> endings.contains("interrupted"));
        assertThat(state("message-1")).containsExactly("OPEN");
        assertThat(endings).doesNotContain("recorded");
    }

    @Test
    void shouldTellAnExceptionFromARetry() {
        // given
        RecordingHandler handler = new RecordingHandler(kind, item -> switch (item.attempt()) {
            case 1 -> throw new IllegalStateException("nobody knows");
            case 2 -> Outcome.retry("it is not there");
            default -> Outcome.done();
        });
        inTransaction(() -> work.schedule(kind, "message-1", clock.instant(), null, NOTHING));

        // when
        startWorker(handler);

        // then
        await().atMost(PATIENCE).until(() -> state("message-1").equals(List.of("DONE")));
        assertThat(handler.attempts).extracting(WorkItem::inDoubt).containsExactly(false, true, false);
    }

    @Test
    void shouldRollBackEverythingWhenTheOutcomeCannotBeRecorded() {
        // given
        AtomicInteger refusals = new AtomicInteger();
        RecordingHandler handler = new RecordingHandler(
                kind,
                item -> Outcome.done(() -> {
                    work.schedule(kind + "-follow-up", "x", inOneHour(), null, NOTHING);
                    if (refusals.incrementAndGet() <= 3) {
                        throw new IllegalStateException("the record was refused");
                    }
                }));
        inTransaction(() -> work.schedule(kind, "message-1", clock.instant(), null, NOTHING));

        // when
        startWorker(handler);

        // then
        await().atMost(PATIENCE).until(() -> state("message-1").equals(List.of("DONE")));
        assertThat(handler.attempts).extracting(WorkItem::inDoubt).containsExactly(false, true);
        assertThat(states(kind + "-follow-up", "x")).containsExactly("OPEN");
    }

    @Test
    void shouldLetANewerPieceTakeThePlaceOfOneToBeTriedAgain() {
        // given
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RecordingHandler handler = new RecordingHandler(kind, item -> {
            if (item.payloadAs(Payload.class).number() == 1) {
                begun.countDown();
                waitFor(goOn);
                return Outcome.retry("later");
            }
            return Outcome.done();
        });
        startWorker(handler);
        inTransaction(() -> work.schedule(kind, "ticket-1", clock.instant(), null, new Payload("old", 1)));
        waitFor(begun);

        // when
        inTransaction(() -> work.schedule(kind, "ticket-1", clock.instant(), null, new Payload("new", 2)));
        goOn.countDown();

        // then
        await().atMost(PATIENCE).until(() -> state("ticket-1").equals(List.of("SUPERSEDED", "DONE")));
    }

    @Test
    void shouldFailForGoodAfterTheLastAttempt() {
        // given
        RecordingHandler handler =
                new RecordingHandler(kind, item -> Outcome.retry("the platform is away")).givingUpAfter(3);
        inTransaction(() -> work.schedule(kind, "message-1", clock.instant(), null, NOTHING));

        // when
        startWorker(handler);

        // then
        await().atMost(PATIENCE).until(() -> state("message-1").equals(List.of("FAILED")));
        assertThat(handler.attempts).extracting(WorkItem::attempt).containsExactly(1, 2, 3);
        assertThat(handler.exhausted).containsExactly("message-1: the platform is away");
    }

    @Test
    void shouldBeWokenByTheCommit() {
        // given: a worker that looks by itself once an hour
        RecordingHandler handler = new RecordingHandler(kind, item -> Outcome.done());
        startWorker(handler, lookingByItselfEvery(Duration.ofHours(1)));
        inTransaction(() -> work.schedule(kind, "first", clock.instant(), null, NOTHING));
        await().atMost(PATIENCE).until(() -> state("first").equals(List.of("DONE")));

        // when
        inTransaction(() -> work.schedule(kind, "second", clock.instant(), null, NOTHING));

        // then: long before it would have looked; how soon is measured by the bench
        await().atMost(PATIENCE).until(() -> state("second").equals(List.of("DONE")));
    }

    @Test
    @ActivateRequestContext
    void shouldActInTheNameOfWhoScheduledIt() {
        // given
        List<Cause> seen = new CopyOnWriteArrayList<>();
        RecordingHandler handler = new RecordingHandler(kind, item -> {
            Cause copy = new Cause();
            copy.follow(cause.actor(), cause.causationId(), cause.correlationId());
            seen.add(copy);
            return Outcome.done();
        });
        startWorker(handler);
        Actor alice = new Actor(Actor.Kind.AGENT, "0197a000-0000-7000-8000-000000000101", "Alice");
        UUID causation = Uuid7.next();
        UUID correlation = Uuid7.next();
        cause.follow(alice, causation, correlation);

        // when
        inTransaction(() -> work.schedule(kind, "ticket-1", clock.instant(), null, NOTHING));

        // then
        await().atMost(PATIENCE).until(() -> state("ticket-1").equals(List.of("DONE")));
        Cause restored = seen.getFirst();
        assertThat(restored.actor()).isEqualTo(alice);
        assertThat(restored.causationId()).isEqualTo(causation);
        assertThat(restored.correlationId()).isEqualTo(correlation);
    }

    @Test
    void shouldLetRunningWorkFinishWhenTheProcessIsToldToStop() {
        // given
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RecordingHandler handler = new RecordingHandler(kind, item -> {
            begun.countDown();
            waitFor(goOn);
            return Outcome.done();
        });
        Worker worker = startWorker(handler);
        inTransaction(() -> work.schedule(kind, "message-1", clock.instant(), null, NOTHING));
        waitFor(begun);

        // when
        Thread stopping = Thread.startVirtualThread(() -> worker.stop(PATIENCE));
        goOn.countDown();

        // then
        await().atMost(PATIENCE).until(() -> !stopping.isAlive());
        assertThat(state("message-1")).containsExactly("DONE");
    }

    @Test
    void shouldClearFinishedWorkAwayButRememberWhatMustHappenOnce() {
        // given
        startWorker(new RecordingHandler(kind, item -> Outcome.done()));
        inTransaction(() -> work.schedule(kind, "timer", clock.instant(), null, NOTHING));
        scheduleOnce("effect");
        inTransaction(() -> work.schedule(kind, "waiting", inOneHour(), null, NOTHING));
        await().atMost(PATIENCE).until(() -> count("DONE") == 2);

        // when
        table.purge(clock.instant().minus(Duration.ofDays(400)), clock.instant().plusSeconds(1));

        // then
        assertThat(state("timer")).isEmpty();
        assertThat(state("effect")).containsExactly("DONE");
        assertThat(state("waiting")).containsExactly("OPEN");
    }

    @Test
    void shouldStartARecurringChainOnlyOnce() {
        work.startRecurring(kind, "all", inOneHour(), NOTHING);
        work.startRecurring(kind, "all", inOneHour(), NOTHING);

        assertThat(state("all")).containsExactly("OPEN");
    }

    private record Payload(String text, int number) {}

    private Worker startWorker(WorkHandler handler) {
        return startWorker(handler, config);
    }

    private Worker startWorker(WorkHandler handler, WorkConfig workConfig) {
        Worker worker = new Worker(Uuid7.next(), List.of(handler), table, context, metrics, workConfig, clock);
        workers.add(worker);
        startListener(worker);
        worker.start();
        return worker;
    }

    private static WorkConfig lookingByItselfEvery(Duration pollInterval) {
        return new SmallRyeConfigBuilder()
                .forClassLoader(WorkIT.class.getClassLoader())
                .addDiscoveredConverters()
                .withMapping(WorkConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("stonechat.work.poll-interval", pollInterval.toString()), "test", 500))
                .build()
                .getConfigMapping(WorkConfig.class);
    }

    private void startListener(Worker worker) {
        NotificationListener listener = new NotificationListener(url, user, user, WorkTable.CHANNEL, worker::wake);
        listeners.add(listener);
        listener.start();
    }

    private List<WorkTable.Lane> lanes() {
        return List.of(new WorkTable.Lane(kind, 10, Duration.ofSeconds(30)));
    }

    private Instant inOneHour() {
        return clock.instant().plus(Duration.ofHours(1));
    }

    private boolean scheduleOnce(String subject) {
        return QuarkusTransaction.requiringNew()
                .call(() -> work.scheduleOnce(kind, subject, clock.instant(), null, NOTHING));
    }

    private static void inTransaction(Runnable change) {
        QuarkusTransaction.requiringNew().run(change);
    }

    private static void rolledBack(Runnable change) {
        QuarkusTransaction.begin();
        try {
            change.run();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private List<String> state(String subject) {
        return states(kind, subject);
    }

    private List<String> states(String ofKind, String subject) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select state from due_work where kind = ? and subject = ? order by position")) {
            select.setString(1, ofKind);
            select.setString(2, subject);
            List<String> states = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    states.add(rows.getString(1));
                }
            }
            return states;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Instant leaseUntil(String subject) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select lease_until from due_work where kind = ? and subject = ?")) {
            select.setString(1, kind);
            select.setString(2, subject);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getObject(1, OffsetDateTime.class).toInstant();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void update(String sql, String parameter) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, parameter);
            update.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private long count(String state) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select count(*) from due_work where kind = ? and state = ?")) {
            select.setString(1, kind);
            select.setString(2, state);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private static void waitUninterruptibly(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                open = latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException ignored) {
                Thread.interrupted();
            }
        }
    }
}
