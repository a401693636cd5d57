package org.stonechat.kit.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Who may do what, kept in mind for a moment: every request asks. What another replica heard counts here after
/// `stonechat.security.access-refresh` (2 s) at the latest.
///
/// When it cannot be read anew nothing is allowed any more.
@ApplicationScoped
public class KnownAccess {

    private final AccessTable table;
    private final InstantSource clock;
    private final Duration refresh;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Snapshot snapshot;

    KnownAccess(
            AccessTable table,
            InstantSource clock,
            @ConfigProperty(name = "stonechat.security.access-refresh", defaultValue = "2S") Duration refresh) {
        this.table = table;
        this.clock = clock;
        this.refresh = refresh;
    }

    private record Snapshot(AccessTable.Content content, Instant readAt) {}

    /// What is known already, or null when the database has to be asked.
    AccessTable.@Nullable Content ifFresh() {
        Snapshot known = snapshot;
        return known != null && isFresh(known) ? known.content() : null;
    }

    private boolean isFresh(Snapshot known) {
        Instant now = clock.instant();
        // While one reads, the others go on by what is known, so that they do not all ask at once.
        return now.isBefore(known.readAt().plus(refresh))
                || (reading.isLocked() && now.isBefore(known.readAt().plus(refresh.multipliedBy(2))));
    }

    /// True for somebody who does not work here any more, or whose account is disabled.
    public boolean isDismissed(UUID person) {
        return content().isDismissed(person);
    }

    /// The roles that admins have defined, by code.
    Map<String, DefinedRole> roles() {
        return content().roles();
    }

    /// The preset of a department, or the empty text when it is not known.
    String preset(UUID department) {
        return content().presets().getOrDefault(department, "");
    }

    Duration refresh() {
        return refresh;
    }

    /// Reads anew with the next question.
    void forget() {
        snapshot = null;
    }

    /// Asks the database when what is known has grown old.
    AccessTable.Content content() {
        Snapshot known = snapshot;
        if (known != null && isFresh(known)) {
            return known.content();
        }
        reading.lock();
        try {
            Snapshot meanwhile = snapshot;
            if (meanwhile != null && clock.instant().isBefore(meanwhile.readAt().plus(refresh))) {
                return meanwhile.content();
            }
            Instant now = clock.instant();
            AccessTable.Content content = table.read();
            snapshot = new Snapshot(content, now);
            return content;
        } finally {
            reading.unlock();
        }
    }
}
