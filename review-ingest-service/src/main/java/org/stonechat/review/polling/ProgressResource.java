package org.stonechat.review.polling;

import java.time.Instant;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connector.FetchMode;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// How far a platform has been read.
@Path("/api/v1/review-connections/{id}/progress")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "review-connections")
public class ProgressResource {

    private final Polling polling;
    private final ConnectionUseCases connections;
    private final CurrentUser user;

    ProgressResource(Polling polling, ConnectionUseCases connections, CurrentUser user) {
        this.polling = polling;
        this.connections = connections;
        this.user = user;
    }

    public record WalkView(
            FetchMode mode,
            int pages,
            long reviews,

            @Schema(description = "How many the platform said there are, where it says so") @Nullable
            Long expected,

            @Nullable Instant startedAt) {}

    public record ProgressView(
            @Schema(description = "The walk through the platform's list that is under way") @Nullable
            WalkView walk,

            @Schema(description = "How many reviews the last complete walk met") @Nullable
            Long lastWalkReviews,

            @Schema(description = "Reviews submitted until then have been read") @Nullable
            Instant submittedUntil,

            @Schema(description = "Changes until then have been read") @Nullable
            Instant changedUntil,

            @Schema(description = "When everything was last read from the beginning") @Nullable
            Instant everythingReadAt,

            int failuresInARow,
            @Nullable Instant polledAt,
            @Nullable Instant succeededAt) {

        static ProgressView from(PollProgress progress) {
            FetchMode mode = progress.walkMode();
            return new ProgressView(
                    mode == null
                            ? null
                            : new WalkView(
                                    mode,
                                    progress.walkPages(),
                                    progress.walkSeen(),
                                    progress.walkExpected(),
                                    progress.walkStartedAt()),
                    progress.lastWalkSeen(),
                    progress.newWatermark(),
                    progress.changedWatermark(),
                    progress.fullWalkAt(),
                    progress.failures(),
                    progress.polledAt(),
                    progress.succeededAt());
        }
    }

    @GET
    @Operation(
            operationId = "getReviewConnectionProgress",
            summary = "How far a platform has been read",
            description = "Also while the first import runs.")
    public ProgressView progress(@PathParam("id") UUID id) {
        user.requireDepartment(connections.get(id).departmentId(), "connection");
        return ProgressView.from(polling.progress(id));
    }
}
