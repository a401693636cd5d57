package org.stonechat.ticket.export;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.FileNames;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.security.Roles;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/exports/tickets")
@Tag(name = "imports and exports")
@RunOnVirtualThread
class ExportResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final int MOST = 500;

    private final TicketExport export;
    private final ObjectMapper mapper;

    ExportResource(TicketExport export, ObjectMapper mapper) {
        this.export = export;
        this.mapper = mapper;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, NDJSON})
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(
            summary = "Read the tickets that have changed since a cursor, whole and as they stand now",
            description =
                    "Needs the right EXPORT. Begin without a cursor, then pass each page's `cursor` on. No change is ever"
                            + " skipped; a ticket may come again. As NDJSON each line is a ticket, and the cursor is in"
                            + " the header `Stonechat-Cursor`.")
    @APIResponse(
            responseCode = "200",
            description = "What has changed, in the order in which the changes became certain",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = TicketExport.ExportPage.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = ExportedTicket.class))
            })
    public RestResponse<Object> exportTickets(
            @QueryParam("cursor") @Parameter(description = "`cursor` of the page before") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(MOST) int limit,
            @jakarta.ws.rs.core.Context HttpHeaders headers)
            throws JsonProcessingException {
        TicketExport.ExportPage page = export.page(Cursor.decode(cursor), limit);
        boolean lines = headers.getAcceptableMediaTypes().stream()
                .findFirst()
                .filter(type -> type.toString().startsWith(NDJSON))
                .isPresent();
        RestResponse.ResponseBuilder<Object> response = lines
                ? RestResponse.ResponseBuilder.<Object>ok(lines(page))
                        .type(NDJSON)
                        .header(HttpHeaders.CONTENT_DISPOSITION, FileNames.download("tickets.ndjson"))
                : RestResponse.ResponseBuilder.<Object>ok(page).type(MediaType.APPLICATION_JSON);
        return response.header("Stonechat-Cursor", page.cursor())
                .header("Stonechat-More", Boolean.toString(page.more()))
                .build();
    }

    private String lines(TicketExport.ExportPage page) throws JsonProcessingException {
        StringBuilder lines = new StringBuilder();
        for (ExportedTicket ticket : page.items()) {
            lines.append(mapper.writeValueAsString(ticket)).append('\n');
        }
        return lines.toString();
    }
}
