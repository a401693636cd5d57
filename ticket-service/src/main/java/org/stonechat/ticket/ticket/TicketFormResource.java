package org.stonechat.ticket.ticket;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.field.FieldValue;
import org.stonechat.ticket.field.FieldValues;
import org.stonechat.ticket.field.FieldView;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/form")
@Tag(name = "tickets")
@RunOnVirtualThread
class TicketFormResource {

    private final TicketAccess access;
    private final TicketFields fields;
    private final FieldValues values;

    TicketFormResource(TicketAccess access, TicketFields fields, FieldValues values) {
        this.access = access;
        this.fields = fields;
        this.values = values;
    }

    @Schema(name = "TicketForm")
    record TicketForm(
            @Schema(description = "The fields of the form for the ticket's department and type, in their order")
            List<Entry> fields) {}

    @Schema(name = "TicketFormEntry")
    record Entry(
            FieldView field,

            @Schema(description = "Whether it must be filled in before solving, as the ticket stands")
            boolean required,

            boolean missing,

            @Schema(implementation = FieldValue.class) @Nullable
            Object value) {}

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read the form of a ticket: its fields, what stands in them, and what is still required")
    @APIResponse(responseCode = "200", description = "The form; without fields when none is set up")
    public TicketForm getTicketForm(@PathParam("id") UUID id) {
        Ticket ticket = access.read(id);
        Map<String, Object> entered = values.of(ticket.id());
        return new TicketForm(fields.form(ticket).stream()
                .map(entry -> new Entry(
                        FieldView.from(entry.asked().field()),
                        entry.required(),
                        entry.missing(),
                        entered.get(entry.asked().field().code())))
                .toList());
    }
}
