package org.stonechat.ticket.portal;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.attachment.Downloads;

import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/portal/tickets/{id}/attachments/{attachmentId}")
@Tag(name = "portal")
@RunOnVirtualThread
class PortalFileResource {

    private final PortalTickets tickets;
    private final Downloads downloads;

    PortalFileResource(PortalTickets tickets, Downloads downloads) {
        this.tickets = tickets;
        this.downloads = downloads;
    }

    @GET
    @Produces(MediaType.WILDCARD)
    // A part of a compressed file would be no part of the file; and most of them are compressed anyway.
    @Uncompressed
    @RolesAllowed(Roles.CUSTOMER)
    @Operation(
            summary = "Download a file of the public conversation",
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
    public Response downloadPortalFile(
            @PathParam("id") UUID id,
            @PathParam("attachmentId") UUID attachmentId,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        return downloads.answer(tickets.file(id, attachmentId), range, ifRange, ifNoneMatch);
    }
}
