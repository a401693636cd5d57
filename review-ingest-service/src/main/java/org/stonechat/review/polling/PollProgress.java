package org.stonechat.review.polling;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connector.FetchMode;
import org.stonechat.review.connector.FetchRequest;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.FetchedPage;
import org.stonechat.review.connector.PlatformReview;

/// How far a connection has been read.
///
/// Lists come newest first, so a watermark may move only when a walk has reached its end: moved with the
/// first page, it would hide the older ones from a process that starts after a crash. The walk itself is kept
/// here too and is resumed.
@Entity
@Table(name = "poll_progress")
class PollProgress {

    @Id
    @Column(name = "connection_id")
    private UUID connectionId;

    @Column(name = "new_watermark")
    private @Nullable Instant newWatermark;

    @Column(name = "changed_watermark")
    private @Nullable Instant changedWatermark;

    @Column(name = "full_walk_at")
    private @Nullable Instant fullWalkAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "walk_mode")
    private @Nullable FetchMode walkMode;

    @Column(name = "walk_since")
    private @Nullable Instant walkSince;

    @Column(name = "walk_cursor")
    private @Nullable String walkCursor;

    @Column(name = "walk_submitted")
    private @Nullable Instant walkSubmitted;

    @Column(name = "walk_updated")
    private @Nullable Instant walkUpdated;

    @Column(name = "walk_pages")
    private int walkPages;

    @Column(name = "walk_started_at")
    private @Nullable Instant walkStartedAt;

    @Column(name = "walk_seen")
    private long walkSeen;

    @Column(name = "walk_expected")
    private @Nullable Long walkExpected;

    @Column(name = "last_walk_seen")
    private @Nullable Long lastWalkSeen;

    private int failures;

    @Column(name = "polled_at")
    private @Nullable Instant polledAt;

    @Column(name = "succeeded_at")
    private @Nullable Instant succeededAt;

    protected PollProgress() {}

    PollProgress(UUID connectionId) {
        this.connectionId = connectionId;
    }

    /// What other reviews there are is to be found out by reading everything.
    void beginAnew() {
        abandonWalk();
        fullWalkAt = null;
    }

    void abandonWalk() {
        walkMode = null;
        walkSince = null;
        walkCursor = null;
        walkSubmitted = null;
        walkUpdated = null;
        walkPages = 0;
        walkSeen = 0;
        walkExpected = null;
        walkStartedAt = null;
    }

    boolean fullWalkIsDue(Instant now, Duration every) {
        return fullWalkAt == null || !now.isBefore(fullWalkAt.plus(every));
    }

    boolean walking() {
        return walkMode != null;
    }

    void start(FetchMode mode, Instant now, Duration overlap) {
        abandonWalk();
        walkMode = mode;
        walkStartedAt = now;
        Instant watermark = switch (mode) {
            case NEW -> newWatermark;
            case CHANGED -> changedWatermark;
            case FULL -> null;
        };
        walkSince = watermark == null ? null : watermark.minus(overlap);
    }

    /// The next page of the running walk.
    FetchRequest request() {
        FetchMode mode = walkMode;
        if (mode == null) {
            throw new IllegalStateException("no walk is running for " + connectionId);
        }
        return new FetchRequest(mode, walkSince, walkCursor);
    }

    /// Whether that request is the one this walk waits for: another process may have gone on meanwhile.
    boolean awaits(FetchRequest request) {
        return walking() && request().equals(request);
    }

    /// Moves on past a page that is being stored, in the same transaction.
    ///
    /// @return the mode of the walk if this was its last page
    @Nullable
    FetchMode advance(FetchedPage page, int longestWalk) {
        FetchMode mode = request().mode();
        // The platform has answered: what fails from now on begins a new row of failures.
        failures = 0;
        Instant oldest = null;
        for (FetchedItem item : page.items()) {
            if (item instanceof FetchedItem.Readable(PlatformReview review, String raw)) {
                walkSubmitted = later(walkSubmitted, review.submittedAt());
                walkUpdated = later(walkUpdated, review.updatedAt());
                // In the order of the list: what follows this page is older still.
                oldest = earlier(oldest, mode == FetchMode.CHANGED ? review.updatedAt() : review.submittedAt());
            }
        }
        walkPages++;
        walkSeen += page.items().size();
        boolean beyond = walkSince != null && oldest != null && oldest.isBefore(walkSince);
        String next = beyond ? page.nextSource() : page.next();
        if (next == null) {
            finish(mode);
            return mode;
        }
        if (walkPages >= longestWalk) {
            abandonWalk();
            return mode;
        }
        walkCursor = next;
        return null;
    }

    private void finish(FetchMode mode) {
        if (mode != FetchMode.CHANGED && walkSubmitted != null) {
            newWatermark = later(newWatermark, walkSubmitted);
        }
        if (mode != FetchMode.NEW && walkUpdated != null) {
            // A walk through everything takes its time: what was read first may have changed since, unseen.
            Instant sure =
                    mode == FetchMode.FULL && walkStartedAt != null ? earlier(walkStartedAt, walkUpdated) : walkUpdated;
            changedWatermark = later(changedWatermark, sure);
        }
        if (mode == FetchMode.FULL) {
            fullWalkAt = walkStartedAt;
        }
        lastWalkSeen = walkSeen;
        abandonWalk();
    }

    void succeeded(Instant now) {
        failures = 0;
        polledAt = now;
        succeededAt = now;
    }

    /// @return how many failures in a row this makes
    int failed(Instant now) {
        polledAt = now;
        return ++failures;
    }

    /// What the platform says there is.
    void expect(long reviews) {
        walkExpected = reviews;
    }

    @Nullable
    FetchMode walkMode() {
        return walkMode;
    }

    @Nullable
    Instant walkStartedAt() {
        return walkStartedAt;
    }

    int walkPages() {
        return walkPages;
    }

    long walkSeen() {
        return walkSeen;
    }

    @Nullable
    Long walkExpected() {
        return walkExpected;
    }

    @Nullable
    Long lastWalkSeen() {
        return lastWalkSeen;
    }

    @Nullable
    Instant fullWalkAt() {
        return fullWalkAt;
    }

    int failures() {
        return failures;
    }

    @Nullable
    Instant polledAt() {
        return polledAt;
    }

    @Nullable
    Instant succeededAt() {
        return succeededAt;
    }

    @Nullable
    Instant newWatermark() {
        return newWatermark;
    }

    @Nullable
    Instant changedWatermark() {
        return changedWatermark;
    }

    private static Instant later(@Nullable Instant known, Instant other) {
        return known == null || other.isAfter(known) ? other : known;
    }

    private static Instant earlier(@Nullable Instant known, Instant other) {
        return known == null || other.isBefore(known) ? other : known;
    }
}
