package org.stonechat.ticket.referral;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/referral")
@Tag(name = "tickets")
@RunOnVirtualThread
class ReferralResource {

    private final Referrals referrals;

    ReferralResource(Referrals referrals) {
        this.referrals = referrals;
    }

    /// What became of it, which the caller may not be able to read any more.
    @Schema(name = "Referral")
    record Referral(
            UUID ticketId,
            UUID departmentId,

            @Schema(description = "Whether the department it came from may go on reading it")
            boolean oldDepartmentMayRead) {}

    @POST
    @Idempotent
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Refer a ticket to another department",
            description =
                    "Needs the right REFER. It keeps its history and its clocks, leaves its agent, team and queue,"
                            + " and stands at the stage there that is nearest to its own. The setting `readsReferred` of the"
                            + " department it leaves decides whether that may go on reading it.")
    @APIResponse(responseCode = "200", description = "Referred")
    public RestResponse<Referral> referTicket(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid ReferralRequest request) {
        boolean mayRead = referrals.refer(id, ifMatch, request);
        return RestResponse.ok(new Referral(id, request.departmentId(), mayRead));
    }
}
