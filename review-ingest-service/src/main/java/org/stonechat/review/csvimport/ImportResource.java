package org.stonechat.review.csvimport;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
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
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.DefinedRights;
import org.stonechat.kit.security.Roles;
import org.stonechat.review.ReviewError;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Files of reviews.
@Path("/api/v1/review-connections/{id}/imports")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.LEAD})
@RunOnVirtualThread
@Tag(name = "review-connections")
public class ImportResource {

    private static final int LARGEST = 20 * 1024 * 1024;

    private final Imports imports;
    private final CurrentUser user;
    private final DefinedRights rights;

    ImportResource(Imports imports, CurrentUser user, DefinedRights rights) {
        this.imports = imports;
        this.user = user;
        this.rights = rights;
    }

    public record ImportView(
            UUID id,
            UUID connectionId,

            @Schema(description = "Nothing is stored: it tells what would be")
            boolean dryRun,

            @Schema(enumeration = {"WAITING", "RUNNING", "DONE", "FAILED"})
            String state,

            @Nullable String reason,
            long bytes,
            int rows,
            int rowsDone,
            int created,
            int changed,
            int unchanged,
            int failed,
            UUID requestedBy,
            Instant requestedAt,
            @Nullable Instant finishedAt) {

        static ImportView from(CsvImport read) {
            return new ImportView(
                    read.id(),
                    read.connectionId(),
                    read.dryRun(),
                    read.state().name(),
                    read.reason(),
                    read.sizeBytes(),
                    read.rowsTotal(),
                    read.rowsDone(),
                    read.created(),
                    read.changed(),
                    read.unchanged(),
                    read.failed(),
                    read.requestedBy(),
                    read.requestedAt(),
                    read.finishedAt());
        }
    }

    public record RowErrorView(
            @Schema(description = "The line of the file in which the row begins")
            int row,

            String message) {

        static RowErrorView from(CsvImports.RowError error) {
            return new RowErrorView(error.row(), error.message());
        }
    }

    @POST
    @Consumes("text/csv")
    @Operation(
            operationId = "importReviews",
            summary = "Bring a file of reviews",
            description = "UTF-8, separated by ; or , under the header"
                    + " externalId;sourceRef;kind;rating;title;body;submittedAt;authorName;email;orderReference;sku, of"
                    + " which only submittedAt has to be there. Bringing a file again changes nothing; a corrected one"
                    + " updates.")
    @APIResponse(responseCode = "202", description = "Its rows are being read")
    public RestResponse<ImportView> bring(
            @PathParam("id") UUID id,
            @QueryParam("dryRun")
                    @DefaultValue("false")
                    @Parameter(description = "Tell what would happen, and store nothing")
                    boolean dryRun,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "text/csv",
                                            schema =
                                                    @Schema(
                                                            type =
                                                                    org.eclipse.microprofile.openapi.annotations.enums
                                                                            .SchemaType.STRING)))
                    byte @Nullable [] sent) {
        byte[] file = sent == null ? new byte[0] : sent;
        if (file.length > LARGEST) {
            throw new ProblemException(
                    CommonError.PAYLOAD_TOO_LARGE, "A file has at most " + LARGEST + " bytes: bring it in parts.");
        }
        CsvImport begun = imports.begin(id, text(file), file.length, dryRun, user.id(), this::mayImport);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, ImportView.from(begun))
                .location(URI.create("/api/v1/review-connections/" + id + "/imports/" + begun.id()))
                .build();
    }

    private boolean mayImport(UUID department) {
        if (!user.inDepartment(department)) {
            return false;
        }
        rights.require("EDIT", department, Set.of(Roles.ADMIN, Roles.LEAD));
        return true;
    }

    private static String text(byte[] file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new ProblemException(ReviewError.FILE_UNREADABLE, "The file is no text: it holds a NUL.");
            }
            return text;
        } catch (CharacterCodingException notUtf8) {
            throw new ProblemException(ReviewError.FILE_UNREADABLE, "The file is not in UTF-8.");
        }
    }

    @GET
    @Operation(operationId = "listReviewImports", summary = "The files of a connection, newest first")
    public RestResponse<Page<ImportView>> list(
            @PathParam("id") UUID id, @BeanParam Paging paging, @Context UriInfo uri) {
        List<CsvImport> rows = imports.page(id, paging.after(), paging.limit() + 1, user::inDepartment);
        return Pages.respond(
                Page.of(rows, paging.limit(), ImportView::from, read -> Cursor.of(read.requestedAt(), read.id())), uri);
    }

    @GET
    @Path("/{importId}")
    @Operation(operationId = "getReviewImport", summary = "How far a file has been read, and what came of it")
    public ImportView get(@PathParam("id") UUID id, @PathParam("importId") UUID importId) {
        return ImportView.from(imports.get(id, importId, user::inDepartment));
    }

    @GET
    @Path("/{importId}/errors")
    @Operation(operationId = "listReviewImportErrors", summary = "The rows that could not be taken in, and why")
    public RestResponse<Page<RowErrorView>> errors(
            @PathParam("id") UUID id,
            @PathParam("importId") UUID importId,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        Cursor after = paging.after();
        List<CsvImports.RowError> rows = imports.errors(
                id, importId, after == null ? 0 : after.integer(0), paging.limit() + 1, user::inDepartment);
        return Pages.respond(
                Page.of(rows, paging.limit(), RowErrorView::from, error -> Cursor.of((long) error.row())), uri);
    }
}
