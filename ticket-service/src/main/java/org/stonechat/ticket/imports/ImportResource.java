package org.stonechat.ticket.imports;

import java.io.InputStream;
import java.net.URI;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/imports")
@Tag(name = "imports and exports")
@RunOnVirtualThread
class ImportResource {

    private final Imports imports;

    ImportResource(Imports imports) {
        this.imports = imports;
    }

    @POST
    @Consumes("application/x-ndjson")
    @RolesAllowed({Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Take tickets over from another system, with their history",
            description =
                    "One ticket per line (`ImportedTicket`), with original times, authors and attachments. It is worked"
                            + " through in the background. A ticket is known by `source` and its `externalId`, so lines"
                            + " can be sent again at any time; send what is larger than a request may be in several.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema = @Schema(implementation = ImportedTicket.class)))
    @APIResponse(responseCode = "202", description = "Begun; the Location tells how it goes")
    public RestResponse<ImportView> startImport(
            @QueryParam("source")
                    @NotNull
                    @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,99}")
                    @Parameter(description = "Names the system they come from")
                    @Nullable
                    String source,
            @NotNull InputStream lines) {
        ImportView begun = imports.start(String.valueOf(source), imports.store(lines));
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, begun)
                .location(URI.create("/api/v1/imports/" + begun.id()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List your imports, newest first; an admin of all departments sees everybody's")
    public RestResponse<Page<ImportView>> listImports(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        return Pages.respond(
                Page.of(
                        imports.page(after == null ? null : after.uuid(0), limit + 1),
                        limit,
                        ImportView::from,
                        job -> Cursor.of(job.id())),
                uri);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read how an import goes")
    @APIResponse(responseCode = "200", description = "The import")
    public ImportView getImport(@PathParam("id") UUID id) {
        return imports.read(id);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Stop an import; what it has created stays")
    @APIResponse(responseCode = "200", description = "Stopped")
    public ImportView cancelImport(@PathParam("id") UUID id) {
        return imports.cancel(id);
    }

    @GET
    @Path("/{id}/errors")
    @RolesAllowed({Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List the lines that were not imported, and why; the first ten thousand")
    public RestResponse<Page<LineError>> listImportErrors(
            @PathParam("id") UUID id, @BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        return Pages.respond(
                Page.of(
                        imports.errors(id, after == null ? 0 : after.integer(0), limit + 1),
                        limit,
                        error -> error,
                        error -> Cursor.of(error.line())),
                uri);
    }
}
