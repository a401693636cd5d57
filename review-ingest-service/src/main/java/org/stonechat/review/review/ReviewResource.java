package org.stonechat.review.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.Roles;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;
import org.stonechat.review.connector.SubRating;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Reviews, as far as the caller may see them. They are answered through their tickets.
@Path("/api/v1/reviews")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
@RunOnVirtualThread
@Tag(name = "reviews")
public class ReviewResource {

    private final ReviewDesk desk;

    ReviewResource(ReviewDesk desk) {
        this.desk = desk;
    }

    public record ReviewView(
            UUID id,
            UUID connectionId,
            String platform,
            String externalId,

            @Schema(description = "The platform's channel, location or app") @Nullable
            String sourceRef,

            ReviewKind kind,
            ReviewState state,
            @Nullable BigDecimal rating,

            @Schema(description = "The rating rounded half up") @Nullable
            Integer stars,

            @Nullable String language,
            @Nullable String title,
            @Nullable String body,
            @Nullable String authorName,
            @Nullable String orderReference,
            @Nullable String productSku,
            @Nullable String productName,
            Instant submittedAt,
            Instant updatedAt,
            int revision,

            @Schema(description = "The review in the platform's business inbox") @Nullable
            String inboxUrl,

            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            @Nullable UUID ticketId,
            boolean answered) {

        static ReviewView from(ReviewQueries.Row row) {
            return new ReviewView(
                    row.id(),
                    row.connectionId(),
                    row.platform(),
                    row.externalId(),
                    row.sourceRef(),
                    row.kind(),
                    row.state(),
                    row.rating(),
                    row.stars(),
                    row.language(),
                    row.title(),
                    row.body(),
                    row.authorName(),
                    row.orderReference(),
                    row.productSku(),
                    row.productName(),
                    row.submittedAt(),
                    row.updatedAt(),
                    row.revision(),
                    row.inboxUrl(),
                    row.departmentId(),
                    row.teamId(),
                    row.assigneeId(),
                    row.ticketId(),
                    row.answered());
        }
    }

    public record RevisionView(
            int revision,
            @Nullable BigDecimal rating,
            @Nullable String title,
            @Nullable String body,
            ReviewState state,
            Instant updatedAt,
            Instant seenAt) {

        static RevisionView from(ReviewQueries.Revision revision) {
            return new RevisionView(
                    revision.revision(),
                    revision.rating(),
                    revision.title(),
                    revision.body(),
                    revision.state(),
                    revision.updatedAt(),
                    revision.seenAt());
        }
    }

    public record ReplyView(
            UUID messageId,
            UUID ticketId,
            String text,
            boolean mailCopy,

            @Schema(enumeration = {"PENDING", "PUBLISHED", "FAILED"})
            String state,

            @Nullable String reason,
            Instant requestedAt,
            @Nullable Instant settledAt) {

        static ReplyView from(ReviewQueries.ReplyRow reply) {
            return new ReplyView(
                    reply.messageId(),
                    reply.ticketId(),
                    reply.text(),
                    reply.mailCopy(),
                    reply.state(),
                    reply.reason(),
                    reply.requestedAt(),
                    reply.settledAt());
        }
    }

    public record PublicReplyView(String text, @Nullable Instant at) {}

    public record ReviewDetails(
            ReviewView review,
            @Nullable String authorEmail,
            List<SubRating> subRatings,

            @Schema(description = "The answer as the platform shows it, whoever wrote it") @Nullable
            PublicReplyView publicReply,

            @Schema(description = "Newest first") List<RevisionView> revisions,

            @Schema(description = "Answers given through tickets, newest first")
            List<ReplyView> replies,

            @Schema(description = "Other reviews of the same order")
            List<ReviewView> ofSameOrder,

            @Schema(description = "What it can be reported for, in the platform's words; empty where it cannot")
            List<String> reportReasons) {

        static ReviewDetails from(ReviewDesk.Dossier dossier) {
            return new ReviewDetails(
                    ReviewView.from(dossier.review()),
                    dossier.authorEmail(),
                    dossier.subRatings(),
                    dossier.platformReply() == null
                            ? null
                            : new PublicReplyView(
                                    dossier.platformReply().text(),
                                    dossier.platformReply().at()),
                    dossier.revisions().stream().map(RevisionView::from).toList(),
                    dossier.replies().stream().map(ReplyView::from).toList(),
                    dossier.ofSameOrder().stream().map(ReviewView::from).toList(),
                    dossier.reportReasons());
        }
    }

    @GET
    @Operation(operationId = "listReviews", summary = "Reviews, newest first")
    public RestResponse<Page<ReviewView>> list(
            @QueryParam("stars") @Min(1) @Max(5) @Nullable Integer stars,
            @QueryParam("kind") @Nullable ReviewKind kind,
            @QueryParam("state") @Nullable ReviewState state,
            @QueryParam("connectionId") @Nullable UUID connectionId,
            @QueryParam("answered") @Nullable Boolean answered,
            @QueryParam("authorEmail")
                    @Size(max = 320)
                    @Pattern(regexp = "[^\\u0000]*")
                    @Parameter(description = "All that this customer has written, ticket or not")
                    @Nullable
                    String authorEmail,
            @QueryParam("submittedFrom") @Parameter(description = "RFC 3339, included") @Nullable String submittedFrom,
            @QueryParam("submittedBefore") @Parameter(description = "RFC 3339, excluded") @Nullable
                    String submittedBefore,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        List<ReviewQueries.Row> rows = desk.page(
                new ReviewQueries.Filter(
                        stars,
                        kind,
                        state,
                        connectionId,
                        answered,
                        authorEmail,
                        time("submittedFrom", submittedFrom),
                        time("submittedBefore", submittedBefore)),
                paging.after(),
                paging.limit() + 1);
        return Pages.respond(Page.of(rows, paging.limit(), ReviewView::from, ReviewQueries.Row::cursor), uri);
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getReview",
            summary = "One review with its revisions, answers, and the other reviews of its order")
    public ReviewDetails get(@PathParam("id") UUID id) {
        return ReviewDetails.from(desk.dossier(id));
    }

    private static @Nullable Instant time(String parameter, @Nullable String text) {
        try {
            return text == null ? null : java.time.OffsetDateTime.parse(text).toInstant();
        } catch (java.time.format.DateTimeParseException malformed) {
            throw ProblemException.invalid(parameter, "is not a time");
        }
    }
}
