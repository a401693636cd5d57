package org.stonechat.ticket.bulk;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/bulk-jobs")
@Tag(name = "bulk-jobs")
@RunOnVirtualThread
class BulkResource {

    private final BulkJobs jobs;
    private final BulkTable table;
    private final CurrentUser user;

    BulkResource(BulkJobs jobs, BulkTable table, CurrentUser user) {
        this.jobs = jobs;
        this.table = table;
        this.user = user;
    }

    @Schema(name = "BulkJob")
    record JobView(
            UUID id,
            BulkTable.JobState state,
            int total,

            @Schema(description = "How many still wait for their turn")
            int waiting,

            int changed,

            @Schema(description = "Not allowed, or not possible: see the items")
            int refused,

            int failed,
            int cancelled,
            BulkChange change,
            Instant createdAt,
            @Nullable Instant finishedAt) {

        static JobView from(BulkTable.Job job, Map<BulkTable.ItemState, Integer> progress) {
            return new JobView(
                    job.id(),
                    job.state(),
                    job.total(),
                    progress.getOrDefault(BulkTable.ItemState.WAITING, 0),
                    progress.getOrDefault(BulkTable.ItemState.CHANGED, 0),
                    progress.getOrDefault(BulkTable.ItemState.REFUSED, 0),
                    progress.getOrDefault(BulkTable.ItemState.FAILED, 0),
                    progress.getOrDefault(BulkTable.ItemState.CANCELLED, 0),
                    job.change(),
                    job.createdAt(),
                    job.finishedAt());
        }
    }

    @Schema(name = "BulkItem")
    record ItemView(
            UUID ticketId,
            BulkTable.ItemState state,

            @Schema(description = "The code of the problem, as one by one") @Nullable
            String code,

            @Nullable String detail) {}

    @POST
    @Idempotent
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Change many tickets",
            description =
                    "Those that are named, or all of a view or filter as they are now; up to 10,000. Each is changed"
                            + " with your rights, as it would be one by one; the job says what became of each. When a view or filter"
                            + " takes too long to find them, it is 422 `list-too-slow`, and no job begins.")
    @APIResponse(responseCode = "202", description = "Begun")
    public RestResponse<JobView> startBulkJob(@NotNull @Valid BulkRequest request) {
        BulkTable.Job job = jobs.start(request);
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.ACCEPTED, JobView.from(job, jobs.progress(job.id())))
                .location(URI.create("/api/v1/bulk-jobs/" + job.id()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List your bulk jobs, the latest first")
    public RestResponse<Page<JobView>> listBulkJobs(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        List<BulkTable.Job> rows = table.of(user.id(), after == null ? null : after.uuid(0), limit + 1);
        return Pages.respond(
                Page.of(rows, limit, job -> JobView.from(job, jobs.progress(job.id())), job -> Cursor.of(job.id())),
                uri);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read how far a bulk job of yours is")
    @APIResponse(responseCode = "200", description = "The job")
    public JobView getBulkJob(@PathParam("id") UUID id) {
        BulkTable.Job job = jobs.read(id);
        return JobView.from(job, jobs.progress(id));
    }

    @GET
    @Path("/{id}/items")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read what became of each ticket of a bulk job")
    public RestResponse<Page<ItemView>> listBulkItems(
            @PathParam("id") UUID id,
            @QueryParam("state") @Parameter(description = "Only these") BulkTable.@Nullable ItemState state,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        jobs.read(id);
        Cursor after = paging.after();
        int limit = paging.limit();
        int place = after == null ? -1 : (int) Math.clamp(after.number(0), -1, Integer.MAX_VALUE);
        List<BulkTable.Item> rows = table.items(id, state, place, limit + 1);
        return Pages.respond(
                Page.of(
                        rows,
                        limit,
                        item -> new ItemView(item.ticketId(), item.state(), item.code(), item.detail()),
                        item -> Cursor.of(item.position())),
                uri);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Stop a bulk job of yours",
            description = "What has been changed stays so; what has not is left alone.")
    @APIResponse(responseCode = "200", description = "Stopped")
    public JobView cancelBulkJob(@PathParam("id") UUID id) {
        BulkTable.Job job = jobs.cancel(id);
        return JobView.from(job, jobs.progress(id));
    }
}
