package org.stonechat.kit.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.KitPostgres;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Uuid7;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@QuarkusTest
@QuarkusTestResource(KitPostgres.class)
class AuditTableIT {

    private static final Instant NOON = Instant.parse("2020-02-29T12:00:00Z");

    private final String actor = Uuid7.next().toString();

    @Inject
    AuditTable table;

    @Inject
    AuditConfig config;

    private Instant now = NOON;

    @Test
    void shouldMakeOneLineWithACountOfAThousandEqualRefusalsOfAMinute() throws Exception {
        Refusals refusals = new Refusals(table, config, () -> now);
        List<Thread> callers = IntStream.range(0, 10)
                .mapToObj(caller -> Thread.ofVirtual().start(() -> {
                    for (int call = 0; call < 100; call++) {
                        refusals.note(refusal("GET /api/v1/doors/{id}"));
                    }
                }))
                .toList();
        for (Thread caller : callers) {
            caller.join();
        }
        refusals.writeAll();

        assertThat(lines()).singleElement().satisfies(line -> {
            assertThat(line.count()).isEqualTo(1000);
            assertThat(line.outcome()).isEqualTo(AuditLine.Outcome.REFUSED);
            assertThat(line.operation()).isEqualTo("GET /api/v1/doors/{id}");
            assertThat(line.code()).isEqualTo("forbidden");
        });
    }

    @Test
    void shouldGatherWhatOneActorTriesEverywhereInOneLine() {
        Refusals refusals = new Refusals(table, config, () -> now);
        for (int operation = 0; operation < 50; operation++) {
            refusals.note(refusal("GET /api/v1/doors/" + operation));
        }
        refusals.writeAll();

        assertThat(lines())
                .hasSize(21)
                .filteredOn(line -> "*".equals(line.operation()))
                .singleElement()
                .satisfies(line -> assertThat(line.count()).isEqualTo(30));
    }

    @Test
    void shouldCountOnInALineThatIsWrittenAndBeginAnotherAfterAMinute() {
        Refusals refusals = new Refusals(table, config, () -> now);
        refusals.note(refusal("GET /api/v1/doors"));
        refusals.writeAll();
        now = NOON.plusSeconds(59);
        refusals.note(refusal("GET /api/v1/doors"));
        refusals.note(refusal("GET /api/v1/windows"));
        now = NOON.plusSeconds(60);
        refusals.note(refusal("GET /api/v1/doors"));

        refusals.writeAll();

        assertThat(lines())
                .extracting(AuditLine::operation, AuditLine::count, AuditLine::occurredAt, AuditLine::lastAt)
                .containsExactly(
                        tuple("GET /api/v1/doors", 1, NOON.plusSeconds(60), NOON.plusSeconds(60)),
                        tuple("GET /api/v1/windows", 1, NOON.plusSeconds(59), NOON.plusSeconds(59)),
                        tuple("GET /api/v1/doors", 2, NOON, NOON.plusSeconds(59)));
    }

    @Test
    void shouldClearAwayWhatIsOlderThanItIsKept() {
        Instant old = Instant.parse("2001-01-01T00:00:00Z");
        table.insert(line(old));
        table.insert(line(NOON));

        table.purge(old.plus(Duration.ofDays(1)), old.plus(Duration.ofDays(1)));

        assertThat(lines()).extracting(AuditLine::occurredAt).containsExactly(NOON);
    }

    @Test
    void shouldKeepRefusalsShorterThanChanges() {
        Refusals refusals = new Refusals(table, config, () -> now);
        refusals.note(refusal("GET /api/v1/doors"));
        refusals.writeAll();
        table.insert(line(NOON));

        table.purge(Instant.EPOCH, NOON.plusSeconds(1));

        assertThat(lines()).extracting(AuditLine::outcome).containsExactly(AuditLine.Outcome.CHANGED);
    }

    private Refusals.Refusal refusal(String operation) {
        return new Refusals.Refusal(Actor.Kind.AGENT, actor, operation, "forbidden");
    }

    private AuditLine line(Instant at) {
        return new AuditLine(
                UUID.randomUUID(),
                AuditLine.Outcome.CHANGED,
                "door",
                "1",
                null,
                null,
                Actor.Kind.AGENT,
                actor,
                List.of(),
                1,
                null,
                at,
                at);
    }

    private List<AuditLine> lines() {
        return table.page(new AuditTable.Filter(null, null, null, actor, null), null, 100);
    }
}
