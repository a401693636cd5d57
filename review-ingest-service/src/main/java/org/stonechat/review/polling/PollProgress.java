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
/// Lists come newest first, so a watermark may move only when a walk has reached its end: moved with the first page, it
/// would hide the older ones from a process that starts after a crash. The walk itself is kept here too and is resumed.
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
        Instant oldestChange = null;
        for (FetchedItem item : page.items()) {
            if (item instanceof FetchedItem.Readable(PlatformReview review, String raw)) {
                walkSubmitted = later(walkSubmitted, review.submittedAt());
                walkUpdated = later(walkUpdated, review.updatedAt());
                oldestChange = earlier(oldestChange, review.updatedAt());
            }
        }
        walkPages++;
        boolean beyond = mode == FetchMode.CHANGED
                && walkSince != null
                && oldestChange != null
                && oldestChange.isBefore(walkSince);
        if (page.next() == null || beyond) {
            finish(mode);
            return mode;
        }
        if (walkPages >= longestWalk) {
            abandonWalk();
            return mode;
        }
        walkCursor = page.next();
        return null;
    }

    private void finish(FetchMode mode) {
        if (mode != FetchMode.CHANGED && walkSubmitted != null) {
            newWatermark = later(newWatermark, walkSubmitted);
        }
        if (mode != FetchMode.NEW && walkUpdated != null) {
            changedWatermark = later(changedWatermark, walkUpdated);
        }
        if (mode == FetchMode.FULL) {
            fullWalkAt = walkStartedAt;
        }
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
