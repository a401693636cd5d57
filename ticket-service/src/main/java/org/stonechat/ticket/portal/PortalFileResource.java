package org.stonechat.ticket.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.conversation.Attachment;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/portal/tickets/{id}/attachments/{attachmentId}")
@Tag(name = "portal")
@RunOnVirtualThread
class PortalFileResource {

    private final PortalTickets tickets;
    private final BlobStore blobs;

    PortalFileResource(PortalTickets tickets, BlobStore blobs) {
        this.tickets = tickets;
        this.blobs = blobs;
    }

    @GET
    @Produces(MediaType.WILDCARD)
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(
            summary = "Download a file of the public conversation",
            description = "Always as a download: whatever it holds, it never runs as a page of ours.")
    @APIResponse(
            responseCode = "200",
            description = "The bytes",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response downloadPortalFile(@PathParam("id") UUID id, @PathParam("attachmentId") UUID attachmentId) {
        Attachment file = tickets.file(id, attachmentId);
        String encoded = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return Response.ok(blobs.open(file.sha256()))
                .type(file.contentType())
                // RFC 6266, the form that takes every name.
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
                .header("Content-Length", file.size())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "private, no-store")
                .build();
    }
}
