package org.stonechat.ticket.imports;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Import")
record ImportView(
        UUID id,
        String source,
        ImportJob.State state,

        @Schema(description = "How much of the lines is done, between 0 and 1")
        double progress,

        @Schema(description = "Lines done so far") int lines,
        int created,

        @Schema(description = "Were here before and were left as they are")
        int existed,

        int failed,
        UUID startedBy,
        String startedByName,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    static ImportView from(ImportJob job) {
        return new ImportView(
                job.id(),
                job.source(),
                job.state(),
                job.size() == 0 ? 1 : (double) job.byteOffset() / job.size(),
                job.lines(),
                job.created(),
                job.existed(),
                job.failed(),
                job.startedBy(),
                job.startedByName(),
                job.startedAt(),
                job.finishedAt());
    }
}
