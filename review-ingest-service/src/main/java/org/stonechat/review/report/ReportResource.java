package org.stonechat.review.report;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
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

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.DefinedRights;
import org.stonechat.kit.security.Roles;
import org.stonechat.review.directory.Visibility;
import org.stonechat.review.review.Review;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Reports a review to the platform it is written on.
@Path("/api/v1/reviews/{id}/report")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "reviews")
public class ReportResource {

    private final Reports reports;
    private final Visibility visibility;
    private final CurrentUser user;
    private final DefinedRights rights;

    ReportResource(Reports reports, Visibility visibility, CurrentUser user, DefinedRights rights) {
        this.rights = rights;
        this.reports = reports;
        this.visibility = visibility;
        this.user = user;
    }

    public record ReportRequest(
            @NotBlank
            @Size(max = 100)
            @Pattern(regexp = "[A-Z0-9_]*")
            @Schema(
                    description = "One of `capabilities.reportReasons` of the review's connection",
                    examples = "UNTRUTHFUL")
            String reason,

            @NotBlank
            @Size(max = 2000)
            @Pattern(regexp = "[^\\u0000]*")
            @Schema(examples = "The order named in it was never placed.")
            String description) {}

    public record ReportView(
            UUID id,
            String reason,
            String description,

            @Schema(enumeration = {"PENDING", "OPEN", "UPHELD", "DECLINED", "FAILED", "UNKNOWN"})
            String state,

            @Schema(description = "The platform's own name for the case") @Nullable
            String caseId,

            @Schema(description = "Why it failed, or is not known") @Nullable
            String detail,

            UUID requestedBy,
            Instant requestedAt,
            @Nullable Instant reportedAt,
            @Nullable Instant settledAt) {

        static ReportView from(ReviewReport report) {
            return new ReportView(
                    report.id(),
                    report.reason(),
                    report.description(),
                    report.state().name(),
                    report.caseId(),
                    report.failure(),
                    report.requestedBy(),
                    report.requestedAt(),
                    report.reportedAt(),
                    report.settledAt());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Idempotent
    @Operation(
            operationId = "reportReview",
            summary = "Report a review to its platform",
            description =
                    "With a reason from the platform's list. What becomes of it is followed; one report at a time.")
    @APIResponse(responseCode = "202", description = "It is on its way")
    public RestResponse<ReportView> report(@PathParam("id") UUID id, @NotNull @Valid ReportRequest request) {
        ReviewReport report = reports.request(id, request.reason(), request.description(), user.id(), this::mayEdit);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, ReportView.from(report))
                .build();
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(operationId = "listReviewReports", summary = "The reports of a review, newest first")
    public Page<ReportView> reports(@PathParam("id") UUID id) {
        List<ReportView> views =
                reports.of(id, this::covers).stream().map(ReportView::from).toList();
        return new Page<>(views, null);
    }

    private boolean mayEdit(Review review) {
        if (!covers(review)) {
            return false;
        }
        rights.require("EDIT", review.departmentId(), Set.of(Roles.AGENT, Roles.LEAD, Roles.ADMIN));
        return true;
    }

    private boolean covers(Review review) {
        return visibility.covers(review.departmentId(), review.teamId(), review.assigneeId());
    }
}
