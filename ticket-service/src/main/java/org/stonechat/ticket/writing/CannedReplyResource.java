package org.stonechat.ticket.writing;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/canned-replies")
@Tag(name = "canned replies")
@RunOnVirtualThread
class CannedReplyResource {

    private static final UUID LOWEST = new UUID(0, 0);

    private final CannedReplies canned;
    private final CurrentUser user;

    CannedReplyResource(CannedReplies canned, CurrentUser user) {
        this.canned = canned;
        this.user = user;
    }

    /// The ticket to fill the words for.
    @Schema(name = "RenderingRequest")
    record RenderingRequest(@NotNull UUID ticketId) {}

    @Schema(name = "Rendering")
    record Rendering(
            String bodyText,

            @Schema(description = "Sanitised; can be shown as it is") @Nullable
            String bodyHtml) {}

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "List a department's canned replies, by title")
    public RestResponse<Page<CannedReplyView>> listCannedReplies(
            @QueryParam("department") @NotNull UUID department,
            @QueryParam("q") @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable String words,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        user.requireDepartment(department, "department");
        Cursor after = paging.after();
        int limit = paging.limit();
        List<CannedReply> rows = canned.page(
                department,
                words == null || words.isBlank() ? null : words,
                limit + 1,
                after == null ? "" : after.text(0),
                after == null ? LOWEST : after.uuid(1));
        return Pages.respond(
                Page.of(
                        rows,
                        limit,
                        CannedReplyView::from,
                        row -> Cursor.of(row.title().toLowerCase(Locale.ROOT), row.id())),
                uri);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "Read a canned reply")
    @APIResponse(responseCode = "200", description = "The canned reply, with its placeholders")
    public RestResponse<CannedReplyView> getCannedReply(@PathParam("id") UUID id) {
        CannedReplyView view = CannedReplyView.from(canned.read(id));
        return RestResponse.ResponseBuilder.ok(view)
                .tag(ETags.of(view.version()))
                .build();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Set a canned reply up or change it",
            description = "Needs the right CONFIGURE. Placeholders stand in double braces; after a bar stands what is"
                    + " used where there is no value.")
    @APIResponse(responseCode = "200", description = "Changed")
    @APIResponse(responseCode = "201", description = "Created")
    public RestResponse<CannedReplyView> putCannedReply(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid CannedReplyRequest request) {
        CannedReplies.Put put = canned.put(id, ifMatch, request.properties());
        return RestResponse.ResponseBuilder.create(
                        put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, put.canned())
                .tag(ETags.of(put.canned().version()))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "Throw a canned reply away", description = "Needs the right CONFIGURE.")
    @APIResponse(responseCode = "204", description = "Gone")
    public void deleteCannedReply(@PathParam("id") UUID id) {
        canned.delete(id);
    }

    @POST
    @Path("/{id}/rendering")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "Fill a canned reply for a ticket", description = "Nothing is written or sent.")
    @APIResponse(responseCode = "200", description = "The words, ready for an editor")
    public Rendering renderCannedReply(@PathParam("id") UUID id, @NotNull @Valid RenderingRequest request) {
        CannedReplies.Rendered rendered = canned.render(id, request.ticketId());
        return new Rendering(rendered.bodyText(), rendered.bodyHtml());
    }
}
