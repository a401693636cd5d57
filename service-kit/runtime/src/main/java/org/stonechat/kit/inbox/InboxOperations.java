package org.stonechat.kit.inbox;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// What an operator sees and does about events that could not be handled, and about rebuilds.
@Path("/api/v1/operations/{service}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Tag(name = "operations")
public class InboxOperations {

    private final CurrentUser user;
    private final DeadLetters deadLetters;
    private final Inbox inbox;
    private final InboxTable inboxTable;
    private final EventIntake intake;
    private final Rebuild rebuild;
    private final Audit audit;
    private final String service;

    InboxOperations(
            CurrentUser user,
            DeadLetters deadLetters,
            Inbox inbox,
            InboxTable inboxTable,
            EventIntake intake,
            Rebuild rebuild,
            Audit audit,
            @ConfigProperty(name = "stonechat.operations.name") String service) {
        this.user = user;
        this.deadLetters = deadLetters;
        this.inbox = inbox;
        this.inboxTable = inboxTable;
        this.intake = intake;
        this.rebuild = rebuild;
        this.audit = audit;
        this.service = service;
    }

    public record DeadLetterView(
            UUID id,
            String topic,
            @Nullable UUID subject,
            @Nullable Long sequence,
            @Nullable String eventId,
            @Nullable String type,
            String reason,
            boolean parked,

            @Schema(enumeration = {"OPEN", "REDRIVEN", "DISCARDED"})
            String state,

            Instant arrivedAt,
            @Nullable Instant settledAt) {

        static DeadLetterView from(DeadLetters.DeadLetter letter) {
            return new DeadLetterView(
                    letter.id(),
                    letter.consumer(),
                    letter.subject(),
                    letter.sequence(),
                    letter.eventId(),
                    letter.type(),
                    letter.reason(),
                    letter.parked(),
                    letter.state(),
                    letter.arrivedAt(),
                    letter.settledAt());
        }
    }

    public record Redriven(int handled) {}

    public record RebuildView(
            @Nullable UUID run,
            boolean running,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            long eventsTakenIn,
            List<String> waitingFor) {

        static RebuildView from(Rebuild.State state) {
            return new RebuildView(
                    state.run(),
                    state.running(),
                    state.startedAt(),
                    state.finishedAt(),
                    state.eventsTakenIn(),
                    state.waitingFor());
        }
    }

    @GET
    @Path("dead-letters")
    @Operation(operationId = "listDeadLetters", summary = "Events that could not be handled, newest first")
    public Page<DeadLetterView> list(
            @PathParam("service") String service,
            @QueryParam("state")
                    @Pattern(regexp = "OPEN|REDRIVEN|DISCARDED")
                    @Parameter(schema = @Schema(enumeration = {"OPEN", "REDRIVEN", "DISCARDED"}))
                    @Nullable
                    String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit)
            throws SQLException {
        requireHere(service);
        Cursor cursor = Cursor.decode(after);
        List<DeadLetters.DeadLetter> rows = deadLetters.page(
                state, cursor == null ? null : cursor.instant(0), cursor == null ? null : cursor.uuid(1), limit + 1);
        return Page.of(rows, limit, DeadLetterView::from, row -> Cursor.of(row.arrivedAt(), row.id()));
    }

    @GET
    @Path("dead-letters/{id}")
    @Operation(operationId = "getDeadLetter", summary = "One event that could not be handled")
    public DeadLetterView get(@PathParam("service") String service, @PathParam("id") UUID id) throws SQLException {
        requireHere(service);
        return DeadLetterView.from(find(id));
    }

    @POST
    @Path("dead-letters/{id}/redrive")
    @Operation(operationId = "redriveDeadLetter", summary = "Try it again, and what waits behind it")
    public Redriven redrive(@PathParam("service") String service, @PathParam("id") UUID id) throws SQLException {
        requireHere(service);
        DeadLetters.DeadLetter letter = find(id);
        EventConsumer consumer = intake.consumers().get(letter.consumer());
        if (consumer == null) {
            throw new ProblemException(
                    CommonError.CONFLICT, "Nothing here listens to " + letter.consumer() + " any more.");
        }
        try {
            Redriven redriven = new Redriven(inbox.redrive(consumer, letter));
            audit.did("dead-letter", id, "redrive");
            return redriven;
        } catch (RuntimeException failure) {
            throw new ProblemException(CommonError.CONFLICT, "It failed again: " + Failures.reason(failure));
        }
    }

    @DELETE
    @Path("dead-letters/{id}")
    @Operation(operationId = "discardDeadLetter", summary = "Give it up; what waits behind it is handled when redriven")
    @APIResponse(responseCode = "204", description = "Given up")
    public Response discard(@PathParam("service") String service, @PathParam("id") UUID id) throws SQLException {
        requireHere(service);
        find(id);
        if (!deadLetters.settle(id, "DISCARDED")) {
            throw new ProblemException(CommonError.CONFLICT, "It is settled already.");
        }
        audit.did("dead-letter", id, "discard");
        return Response.noContent().build();
    }

    @GET
    @Path("rebuild")
    @Operation(operationId = "getRebuild", summary = "How far the rebuild of this service's projections is")
    public RebuildView rebuildState(@PathParam("service") String service) {
        requireHere(service);
        return RebuildView.from(rebuild.state());
    }

    @POST
    @Path("rebuild")
    @Operation(
            summary = "Empty this service's projections and wait for replays",
            description = "Ask each publisher for a republish to this service's consumer group afterwards.")
    @APIResponse(
            responseCode = "202",
            description = "Begun",
            content = @Content(schema = @Schema(implementation = RebuildView.class)))
    public Response startRebuild(@PathParam("service") String service) {
        requireHere(service);
        if (!intake.consumers().values().stream().allMatch(EventConsumer::rebuildable)) {
            throw new ProblemException(CommonError.CONFLICT, "This service holds more than projections.");
        }
        RebuildView begun = RebuildView.from(rebuild.start(intake.consumers().values(), inboxTable));
        audit.did("rebuild", begun.run(), "start");
        return Response.accepted(begun).build();
    }

    private DeadLetters.DeadLetter find(UUID id) throws SQLException {
        DeadLetters.DeadLetter letter = deadLetters.find(id);
        if (letter == null) {
            throw ProblemException.notFound("dead letter");
        }
        return letter;
    }

    private void requireHere(String named) {
        user.requireAllDepartments();
        if (!service.equals(named)) {
            throw ProblemException.notFound("service");
        }
    }
}
