package org.stonechat.ticket.attachment;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.AttachmentView;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.ticket.TicketAccess;

import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/attachments")
@Tag(name = "tickets")
@RunOnVirtualThread
class AttachmentResource {

    private static final UUID LOWEST = new UUID(0, 0);

    private final Attachments attachments;
    private final MessageRepository messages;
    private final TicketAccess access;
    private final Downloads downloads;

    AttachmentResource(Attachments attachments, MessageRepository messages, TicketAccess access, Downloads downloads) {
        this.attachments = attachments;
        this.messages = messages;
        this.access = access;
        this.downloads = downloads;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Add a file to a ticket",
            description =
                    "The part is called `file`. Name its id in a message to send it out with that. A part `sha256`"
                            + " in front of it has what arrives compared with what was sent.")
    @APIResponse(responseCode = "201", description = "Added")
    public RestResponse<AttachmentView> addAttachment(
            @PathParam("id") UUID id,
            @RestForm("file") @Nullable FileUpload file,
            @RestForm("sha256") @Pattern(regexp = "[0-9a-fA-F]{64}") @Nullable String sha256) {
        if (file == null) {
            throw ProblemException.invalid("file", "Send the file as the part `file`.");
        }
        // Before anything is stored: whoever does not see the ticket cannot fill the store.
        access.read(id);
        Attachments.Stored stored = attachments.store(file.uploadedFile(), file.fileName(), sha256);
        AttachmentView added = attachments.add(id, stored);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, added)
                .location(URI.create("/api/v1/tickets/" + id + "/attachments/" + added.id()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List the files of a ticket and its messages")
    public RestResponse<Page<AttachmentView>> listAttachments(
            @PathParam("id") UUID id, @BeanParam Paging paging, @Context UriInfo uri) {
        UUID ticketId = access.read(id).id();
        Cursor after = paging.after();
        int limit = paging.limit();
        List<Attachment> rows = messages.attachmentsOf(ticketId, after == null ? LOWEST : after.uuid(0), limit + 1);
        return Pages.respond(Page.of(rows, limit, AttachmentView::from, row -> Cursor.of(row.id())), uri);
    }

    @GET
    @Path("/{attachmentId}")
    @Produces(MediaType.WILDCARD)
    // A part of a compressed file would be no part of the file; and most of them are compressed anyway.
    @Uncompressed
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Download a file",
            description = "Always as a download: whatever it holds, it never runs as a page of ours. One range of bytes"
                    + " can be asked for; `Repr-Digest` (RFC 9530) is the checksum of the whole.")
    @APIResponse(
            responseCode = "200",
            description = "The bytes",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(
            responseCode = "206",
            description = "The part of the bytes that `Range` asked for",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "304", description = "You have it already: If-None-Match names it")
    @APIResponse(responseCode = "416", description = "The file does not reach that far")
    public Response downloadAttachment(
            @PathParam("id") UUID id,
            @PathParam("attachmentId") UUID attachmentId,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        return downloads.answer(attachments.read(id, attachmentId), range, ifRange, ifNoneMatch);
    }

    @DELETE
    @Path("/{attachmentId}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Take a file away",
            description = "From its message too, if it has one. The history keeps that it was there.")
    @APIResponse(responseCode = "204", description = "Gone")
    public void removeAttachment(@PathParam("id") UUID id, @PathParam("attachmentId") UUID attachmentId) {
        attachments.remove(id, attachmentId);
    }
}
