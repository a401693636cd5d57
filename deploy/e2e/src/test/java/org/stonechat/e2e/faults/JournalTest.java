package org.stonechat.e2e.faults;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JournalTest {

    private static final Instant AT = Instant.parse("2026-03-01T09:00:00.5Z");

    @TempDir
    private Path directory;

    @Test
    void shouldReadBackWhatWasWritten() {
        Entry sent = new Entry(
                AT,
                "broker",
                Operation.REPLY,
                UUID.randomUUID(),
                Entry.State.SENT,
                1,
                null,
                "ticket",
                "a@b.example",
                null);
        Entry refused = new Entry(
                AT,
                "broker",
                Operation.TICKET,
                UUID.randomUUID(),
                Entry.State.REFUSED,
                3,
                null,
                null,
                null,
                "422 \"no\"\nbecause");
        Path file = directory.resolve("below/journal.ndjson");
        try (Journal journal = new Journal(file)) {
            journal.write(sent);
            journal.write(refused);
        }
        assertThat(Journal.read(file)).containsExactly(sent, refused);
    }

    @Test
    void shouldCountAcknowledgementsPerTarget() {
        try (Journal journal = new Journal(directory.resolve("journal.ndjson"))) {
            journal.write(entry("broker", UUID.randomUUID(), Entry.State.SENT, null));
            journal.write(entry("broker", UUID.randomUUID(), Entry.State.ACKNOWLEDGED, "1"));
            journal.write(entry("gateway", UUID.randomUUID(), Entry.State.ACKNOWLEDGED, "2"));
            assertThat(journal.acknowledged("broker")).isEqualTo(1);
            assertThat(journal.acknowledged("postgres")).isZero();
        }
    }

    @Test
    void shouldMakeOneClaimOfAllAttempts() {
        UUID answered = UUID.randomUUID();
        UUID open = UUID.randomUUID();
        UUID refused = UUID.randomUUID();
        List<Claim> claims = Claim.of(
                List.of(
                        entry("broker", answered, Entry.State.SENT, null),
                        entry("broker", open, Entry.State.SENT, null),
                        entry("broker", answered, Entry.State.UNANSWERED, null),
                        entry("broker", answered, Entry.State.SENT, null),
                        entry("broker", answered, Entry.State.ACKNOWLEDGED, "made"),
                        entry("broker", open, Entry.State.UNANSWERED, null),
                        entry("broker", refused, Entry.State.SENT, null),
                        entry("broker", refused, Entry.State.REFUSED, null),
                        entry("gateway", UUID.randomUUID(), Entry.State.SENT, null)),
                "broker");

        assertThat(claims).extracting(Claim::key).containsExactly(answered, open, refused);
        assertThat(claims).extracting(Claim::acknowledged).containsExactly(true, false, false);
        assertThat(claims).extracting(Claim::refused).containsExactly(false, false, true);
        assertThat(claims.getFirst().requiredId()).isEqualTo("made");
    }

    private static Entry entry(String target, UUID key, Entry.State state, @Nullable String id) {
        return new Entry(AT, target, Operation.TICKET, key, state, 1, id, null, null, null);
    }
}
