package org.stonechat.rating.request;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.MergePatch;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.DefinedRights;
import org.stonechat.kit.security.Roles;
import org.stonechat.rating.directory.Directory;

import com.fasterxml.jackson.databind.JsonNode;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// All ratings with filters, and a page per rating (S-5, S-7).
@Path("/api/v1/ratings")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "ratings")
public class RatingResource {

    private final Ratings ratings;
    private final CurrentUser user;
    private final DefinedRights rights;
    private final Directory directory;

    RatingResource(Ratings ratings, CurrentUser user, DefinedRights rights, Directory directory) {
        this.directory = directory;
        this.rights = rights;
        this.ratings = ratings;
        this.user = user;
    }

    public record RatingView(
            UUID id,
            UUID ticketId,
            long ticketNumber,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID agentId,
            @Nullable Face face,
            @Nullable String text,
            @Nullable Instant givenAt,
            boolean internalOnly) {

        static RatingView from(Rating rating) {
            return new RatingView(
                    rating.id(),
                    rating.ticketId(),
                    rating.ticketNumber(),
                    rating.departmentId(),
                    rating.teamId(),
                    rating.assigneeId(),
                    rating.face(),
                    rating.comment(),
                    rating.givenAt(),
                    rating.internalOnly());
        }
    }

    @Schema(name = "RatingPatch")
    public record RatingPatch(
            @Schema(description = "Keeps it out of published figures") @Nullable
            Boolean internalOnly) {}

    @GET
    @RolesAllowed({Roles.LEAD, Roles.ADMIN, Roles.ANALYST})
    @Operation(operationId = "listRatings", summary = "Ratings given, newest first")
    public RestResponse<Page<RatingView>> list(
            @QueryParam("face") @Nullable Face face,
            @QueryParam("team") @Nullable UUID team,
            @QueryParam("agent") @Nullable UUID agent,
            @QueryParam("department") @Nullable UUID department,
            @QueryParam("from") @Nullable Instant from,
            @QueryParam("to") @Nullable Instant to,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @Context UriInfo uri) {
        Set<UUID> departments = user.allDepartments() ? null : user.departments();
        if (department != null) {
            user.requireDepartment(department, "department");
            departments = Set.of(department);
        }
        Cursor cursor = Cursor.decode(after);
        RatingRepository.Filter filter = new RatingRepository.Filter(
                departments,
                hiddenTeams(),
                face,
                team,
                agent,
                from == null ? Instant.EPOCH : from,
                to == null ? ratings.now() : to);
        return Pages.respond(
                Page.of(
                        ratings.page(
                                filter,
                                cursor == null ? null : cursor.instant(0),
                                cursor == null ? null : cursor.uuid(1),
                                limit + 1),
                        limit,
                        RatingView::from,
                        rating -> Cursor.of(rating.givenAt(), rating.id())),
                uri);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.LEAD, Roles.ADMIN, Roles.ANALYST})
    @Operation(operationId = "getRating", summary = "One rating")
    public RestResponse<RatingView> get(@PathParam("id") UUID id) {
        return answer(inSight(id));
    }

    @PATCH
    @Path("{id}")
    @Consumes(MergePatch.MEDIA_TYPE)
    @RolesAllowed({Roles.LEAD, Roles.ADMIN})
    @Operation(operationId = "patchRating", summary = "Mark a rating as internal only, or not")
    public RestResponse<RatingView> patch(
            @PathParam("id") UUID id,
            @Parameter(required = true) @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = RatingPatch.class))) @Nullable
                    JsonNode patch) {
        Rating rating = inSight(id);
        rights.require("EDIT", rating.departmentId(), Set.of(Roles.LEAD, Roles.ADMIN));
        boolean[] internalOnly = {rating.internalOnly()};
        MergePatch.of(patch)
                .ifPresent("internalOnly", Boolean.class, value -> internalOnly[0] = value)
                .apply();
        return answer(ratings.mark(id, internalOnly[0], ifMatch));
    }

    /// Closed teams, to whoever does not see into them. Those who read ratings are in no team: agents read none.
    private Set<UUID> hiddenTeams() {
        return user.seesClosedTeams() ? Set.of() : directory.closedTeams();
    }

    private Rating inSight(UUID id) {
        return ratings.find(id)
                .filter(Rating::given)
                .filter(rating -> user.inDepartment(rating.departmentId()))
                .filter(rating -> rating.teamId() == null || !hiddenTeams().contains(rating.teamId()))
                .orElseThrow(() -> ProblemException.notFound("rating"));
    }

    private static RestResponse<RatingView> answer(Rating rating) {
        return RestResponse.ResponseBuilder.ok(RatingView.from(rating))
                .tag(ETags.of(rating.version()))
                .build();
    }
}
