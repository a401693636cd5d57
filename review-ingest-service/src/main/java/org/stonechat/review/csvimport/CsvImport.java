package org.stonechat.review.csvimport;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.intake.ReviewIntake;

/// A file of reviews that is being read, or was. Its text is kept apart, until all of it is read.
@Entity
@Table(name = "csv_import")
class CsvImport {

    @Id
    private UUID id;

    @Column(name = "connection_id")
    private UUID connectionId;

    @Column(name = "department_id")
    private UUID departmentId;

    @Column(name = "dry_run")
    private boolean dryRun;

    @Enumerated(EnumType.STRING)
    private ImportState state;

    private @Nullable String reason;

    @Column(name = "size_bytes")
    private long sizeBytes;

    @Column(name = "requested_by")
    private UUID requestedBy;

    @Column(name = "requested_at")
    private Instant requestedAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    @Column(name = "rows_total")
    private int rowsTotal;

    @Column(name = "rows_done")
    private int rowsDone;

    private int created;
    private int changed;
    private int unchanged;
    private int failed;

    protected CsvImport() {}

    CsvImport(
            UUID id,
            UUID connectionId,
            UUID departmentId,
            boolean dryRun,
            long sizeBytes,
            int rows,
            UUID by,
            Instant now) {
        this.id = id;
        this.connectionId = connectionId;
        this.departmentId = departmentId;
        this.dryRun = dryRun;
        this.state = ImportState.WAITING;
        this.sizeBytes = sizeBytes;
        this.rowsTotal = rows;
        this.requestedBy = by;
        this.requestedAt = now;
    }

    /// @param rows   how many rows of the file this covers
    /// @param broken how many of them could not even be taken apart
    void advance(int rows, int broken, ReviewIntake.Taken taken) {
        state = ImportState.RUNNING;
        rowsDone += rows;
        created += taken.created();
        changed += taken.changed();
        failed += taken.failed() + broken;
        // A review that stands in the file twice counts as one that is known.
        unchanged += rows - broken - taken.created() - taken.changed() - taken.failed();
    }

    void done(Instant now) {
        state = ImportState.DONE;
        finishedAt = now;
    }

    void failed(String why, Instant now) {
        state = ImportState.FAILED;
        reason = why;
        finishedAt = now;
    }

    boolean finished() {
        return finishedAt != null;
    }

    UUID id() {
        return id;
    }

    UUID connectionId() {
        return connectionId;
    }

    UUID departmentId() {
        return departmentId;
    }

    boolean dryRun() {
        return dryRun;
    }

    ImportState state() {
        return state;
    }

    @Nullable
    String reason() {
        return reason;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    UUID requestedBy() {
        return requestedBy;
    }

    Instant requestedAt() {
        return requestedAt;
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }

    int rowsTotal() {
        return rowsTotal;
    }

    int rowsDone() {
        return rowsDone;
    }

    int created() {
        return created;
    }

    int changed() {
        return changed;
    }

    int unchanged() {
        return unchanged;
    }

    int failed() {
        return failed;
    }
}
