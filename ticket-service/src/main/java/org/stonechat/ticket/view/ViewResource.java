package org.stonechat.ticket.view;

import java.util.Arrays;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/views")
@Tag(name = "views")
@RunOnVirtualThread
class ViewResource {

    @Schema(name = "View")
    record ViewEntry(@Schema(examples = "unassigned") String code, String label) {}

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List the ready-made views of tickets")
    public Page<ViewEntry> listViews() {
        return new Page<>(
                Arrays.stream(View.values())
                        .map(view -> new ViewEntry(view.code(), view.label()))
                        .toList(),
                null);
    }
}
