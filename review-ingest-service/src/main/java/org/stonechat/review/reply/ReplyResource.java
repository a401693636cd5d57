package org.stonechat.review.reply;

import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.stonechat.kit.security.DefinedRights;
import org.stonechat.kit.security.Roles;
import org.stonechat.review.directory.Visibility;
import org.stonechat.review.review.Review;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// The public answer of a review. It is given through the review's ticket, and taken back here.
@Path("/api/v1/reviews/{id}/reply")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "reviews")
public class ReplyResource {

    private final Replies replies;
    private final Visibility visibility;
    private final DefinedRights rights;

    ReplyResource(Replies replies, Visibility visibility, DefinedRights rights) {
        this.rights = rights;
        this.replies = replies;
        this.visibility = visibility;
    }

    @DELETE
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            operationId = "removeReviewReply",
            summary = "Take the public answer back",
            description =
                    "It is deleted on the platform, whoever wrote it; the review then takes another. How that went is"
                            + " seen on the review.")
    @APIResponse(responseCode = "202", description = "It is being taken back")
    public RestResponse<Void> remove(@PathParam("id") UUID id) {
        replies.remove(id, this::mayEdit);
        return RestResponse.accepted();
    }

    private boolean mayEdit(Review review) {
        if (!visibility.covers(review.departmentId(), review.teamId(), review.assigneeId())) {
            return false;
        }
        rights.require("EDIT", review.departmentId(), Set.of(Roles.AGENT, Roles.LEAD, Roles.ADMIN));
        return true;
    }
}
