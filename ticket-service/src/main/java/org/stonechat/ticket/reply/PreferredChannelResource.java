package org.stonechat.ticket.reply;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.contact.Contact;
import org.stonechat.ticket.contact.ContactAccess;
import org.stonechat.ticket.contact.ContactChanges;
import org.stonechat.ticket.event.DeliverVia;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/contacts/{id}/preferred-channel")
@Tag(name = "contacts")
@RunOnVirtualThread
class PreferredChannelResource {

    private final ContactAccess access;
    private final ContactChanges changes;

    PreferredChannelResource(ContactAccess access, ContactChanges changes) {
        this.access = access;
        this.changes = changes;
    }

    @Schema(name = "ContactChannel")
    enum Way {
        MAIL,
        CHANNEL,
        PORTAL
    }

    @Schema(name = "PreferredChannel")
    record Preference(
            @Schema(description = "Null: the way the customer wrote last") @Nullable
            Way channel) {}

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read how a contact wants to be answered")
    @APIResponse(responseCode = "200", description = "The preference")
    public Preference getPreferredChannel(@PathParam("id") UUID id) {
        Contact contact = access.read(id);
        DeliverVia preferred = access.seesWhole(contact) ? contact.preferredChannel() : null;
        return new Preference(preferred == null ? null : Way.valueOf(preferred.name()));
    }

    @PUT
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Set how a contact wants to be answered")
    @APIResponse(responseCode = "200", description = "Set")
    public Preference putPreferredChannel(@PathParam("id") UUID id, @NotNull @Valid Preference request) {
        Way way = request.channel();
        changes.prefer(
                id,
                way == null
                        ? null
                        : switch (way) {
                            case MAIL -> DeliverVia.MAIL;
                            case CHANNEL -> DeliverVia.CHANNEL;
                            case PORTAL -> DeliverVia.PORTAL;
                        });
        return request;
    }
}
