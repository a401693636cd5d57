package org.stonechat.e2e;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.story.DemoPlaces;
import org.stonechat.launcher.Part;
import org.stonechat.testing.Proves;

import static org.assertj.core.api.Assertions.assertThat;

/// Replicas are replaced one by one while people work, and nobody sees an error.
@Order(50)
@ExtendWith(SharedPlatform.class)
class RollingRestartIT {

    private static final int CLIENTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(40);

    @Test
    @Proves("O-3")
    void shouldAnswerWithoutAServerErrorWhileReplicasAreReplaced(SharedPlatform.Running running) {
        Desk alice = Desk.of(running.doors(), "alice").signIn();
        ConcurrentHashMap<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Part> replicas = List.of(
                running.platform().part("ticket-service"), running.platform().part("ticket-service-2"));

        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < CLIENTS; client++) {
                boolean writes = client % 2 == 0;
                clients.execute(() -> {
                    while (!over.get()) {
                        seen.computeIfAbsent(outcome(alice, writes), status -> new AtomicInteger())
                                .incrementAndGet();
                        // People pause; without this the clients would take the processor from what restarts.
                        LockSupport.parkNanos(PAUSE.toNanos());
                    }
                });
            }
            try {
                replicas.forEach(Part::restart);
            } finally {
                over.set(true);
            }
        }

        assertThat(seen).as("answers by status").containsOnlyKeys("200", "201");
        assertThat(seen.get("201").get()).isGreaterThan(10);
        assertThat(seen.get("200").get()).isGreaterThan(10);
    }

    private static String outcome(Desk desk, boolean writes) {
        try {
            Answer answer = writes
                    ? desk.postOnce(
                            "tickets",
                            Desk.body(
                                    "departmentId",
                                    DemoPlaces.NORTHWIND,
                                    "contact",
                                    Desk.body("address", "rolling@customers.example"),
                                    "subject",
                                    "While replicas are replaced"),
                            UUID.randomUUID())
                    : desk.get("tickets?view=all-open&limit=10");
            return answer.status() < 300 ? String.valueOf(answer.status()) : answer.status() + " " + answer.text();
        } catch (Disappointment unanswered) {
            return String.valueOf(unanswered.getMessage());
        }
    }
}
