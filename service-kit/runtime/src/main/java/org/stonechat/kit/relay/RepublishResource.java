package org.stonechat.kit.relay;

import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Lets an operator have a service's events sent again, for a consumer group that rebuilds.
@Path("/api/v1/operations/{service}/republish")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "operations")
public class RepublishResource {

    private final CurrentUser user;
    private final Republisher republisher;
    private final RelayConfig config;
    private final Audit audit;
    private final String service;

    RepublishResource(
            CurrentUser user,
            Republisher republisher,
            RelayConfig config,
            Audit audit,
            @ConfigProperty(name = "stonechat.operations.name") String service) {
        this.user = user;
        this.republisher = republisher;
        this.config = config;
        this.audit = audit;
        this.service = service;
    }

    /// @param topic one of the topics this service publishes to
    /// @param group the consumer group that takes the events in; all others pass over them
    public record RepublishRequest(
            @Schema(examples = "tickets") @NotNull @Size(max = 200) @Nullable
            String topic,

            @Schema(examples = "analytics-service") @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,200}") @Nullable
            String group) {}

    /// @param state RUNNING, DONE or FAILED; a failed run may be started again
    /// @param sent  how many events have reached the broker
    /// @param total how many there are
    public record RepublishView(
            UUID id,
            String topic,
            String group,

            @Schema(enumeration = {"RUNNING", "DONE", "FAILED"})
            String state,

            long sent,
            long total,
            @Nullable String reason,
            Instant startedAt,
            @Nullable Instant finishedAt) {

        static RepublishView from(Republisher.Run run) {
            return new RepublishView(
                    run.id(),
                    run.topic(),
                    run.group(),
                    run.state().name(),
                    run.sent(),
                    run.total(),
                    run.reason(),
                    run.startedAt(),
                    run.finishedAt());
        }
    }

    @POST
    @Operation(
            operationId = "startRepublish",
            summary = "Send all events of a topic again, for one consumer group",
            description = "Runs in the background; the answer names the run.")
    @APIResponse(
            responseCode = "202",
            description = "Started",
            content = @Content(schema = @Schema(implementation = RepublishView.class)))
    public Response start(@PathParam("service") String service, @Valid @NotNull RepublishRequest request)
            throws SQLException {
        requireHere(service);
        String topic = String.valueOf(request.topic());
        if (!config.enabled() || !config.topics().orElse(Set.of()).contains(topic)) {
            throw ProblemException.invalid("/topic", "This service does not publish to it.");
        }
        Republisher.Run run = republisher
                .start(topic, String.valueOf(request.group()))
                .orElseThrow(() -> new ProblemException(
                        CommonError.CONFLICT, "Such a run is going on already; wait for its end."));
        audit.did("republish", run.id(), "start " + topic);
        return Response.accepted(RepublishView.from(run))
                .location(URI.create("/api/v1/operations/" + service + "/republish/" + run.id()))
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getRepublish", summary = "How far a republish is")
    public RepublishView get(@PathParam("service") String service, @PathParam("id") UUID id) throws SQLException {
        requireHere(service);
        return RepublishView.from(republisher.find(id).orElseThrow(() -> ProblemException.notFound("run")));
    }

    private void requireHere(String named) {
        user.requireAllDepartments();
        if (!service.equals(named)) {
            throw ProblemException.notFound("service");
        }
    }
}
