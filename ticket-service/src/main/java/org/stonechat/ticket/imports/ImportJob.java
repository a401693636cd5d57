package org.stonechat.ticket.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;

/// An import and how far it is.
@Entity
@Table(name = "import_job")
class ImportJob {

    @Schema(name = "ImportState")
    enum State {
        RUNNING,
        DONE,
        CANCELLED
    }

    @Id
    private UUID id;

    private String source;

    @Column(name = "started_by")
    private UUID startedBy;

    @Column(name = "started_by_name")
    private String startedByName;

    @Column(name = "all_departments")
    private boolean allDepartments;

    private List<UUID> departments = new ArrayList<>();
    private String sha256;
    private long size;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "byte_offset")
    private long byteOffset;

    private int lines;
    private int created;
    private int existed;
    private int failed;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    protected ImportJob() {}

    ImportJob(
            UUID id,
            String source,
            UUID startedBy,
            String startedByName,
            boolean allDepartments,
            List<UUID> departments,
            BlobRef blob,
            Instant startedAt) {
        this.id = id;
        this.source = source;
        this.startedBy = startedBy;
        this.startedByName = startedByName;
        this.allDepartments = allDepartments;
        this.departments = new ArrayList<>(departments);
        this.sha256 = blob.sha256();
        this.size = blob.size();
        this.state = State.RUNNING;
        this.startedAt = startedAt;
    }

    /// A piece is done.
    ///
    /// @param to the byte the next piece begins at
    void advance(long to, int linesDone, int createdNow, int existedBefore, int failedNow, Instant now) {
        byteOffset = to;
        lines += linesDone;
        created += createdNow;
        existed += existedBefore;
        failed += failedNow;
        if (to >= size) {
            state = State.DONE;
            finishedAt = now;
        }
    }

    void cancel(Instant now) {
        state = State.CANCELLED;
        finishedAt = now;
    }

    boolean mayImportInto(UUID department) {
        return allDepartments || departments.contains(department);
    }

    UUID id() {
        return id;
    }

    String source() {
        return source;
    }

    UUID startedBy() {
        return startedBy;
    }

    String startedByName() {
        return startedByName;
    }

    String sha256() {
        return sha256;
    }

    long size() {
        return size;
    }

    State state() {
        return state;
    }

    long byteOffset() {
        return byteOffset;
    }

    int lines() {
        return lines;
    }

    int created() {
        return created;
    }

    int existed() {
        return existed;
    }

    int failed() {
        return failed;
    }

    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }
}
