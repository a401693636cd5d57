package org.stonechat.ticket.contact;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.rest.MergePatch;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.event.DeliverVia;

import com.fasterxml.jackson.databind.JsonNode;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/contacts")
@Tag(name = "contacts")
@RunOnVirtualThread
class ContactResource {

    private final Contacts contacts;
    private final ContactAccess access;
    private final ContactChanges changes;
    private final ContactDuplicates duplicates;
    private final CurrentUser user;

    ContactResource(
            Contacts contacts,
            ContactAccess access,
            ContactChanges changes,
            ContactDuplicates duplicates,
            CurrentUser user) {
        this.contacts = contacts;
        this.access = access;
        this.changes = changes;
        this.duplicates = duplicates;
        this.user = user;
    }

    /// The fields of a merge patch, for the API's description alone.
    @Schema(name = "ContactPatch")
    record ContactPatch(
            @Nullable String name,
            List<String> addresses,
            @Nullable String phone,
            @Nullable String language,
            @Nullable DeliverVia preferredChannel,
            @Nullable UUID organisationId) {}

    @Schema(name = "MergeContactRequest")
    record MergeContactRequest(
            @NotNull @Schema(description = "The contact that stays")
            UUID into) {}

    @POST
    @Idempotent
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Make a contact", description = "A name, an address or a telephone number suffices.")
    @APIResponse(responseCode = "201", description = "Made")
    public RestResponse<ContactView> createContact(@NotNull @Valid NewContact request) {
        ContactView made = changes.create(request);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, made)
                .location(URI.create("/api/v1/contacts/" + made.id()))
                .tag(ETags.of(made.version()))
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Read a contact of your departments",
            description =
                    "A contact that was merged into another one answers with that one. Of one that other departments"
                            + " keep you are told what your tickets were given.")
    @APIResponse(responseCode = "200", description = "The contact")
    public RestResponse<ContactView> getContact(@PathParam("id") UUID id) {
        return answer(access.view(access.read(id)));
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MergePatch.MEDIA_TYPE)
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Change a contact",
            description =
                    "A JSON Merge Patch to the version named in If-Match. `addresses` replaces the contact's own, and needs"
                            + " the right EDIT in all of its departments.")
    @RequestBody(
            content =
                    @Content(mediaType = MergePatch.MEDIA_TYPE, schema = @Schema(implementation = ContactPatch.class)))
    @APIResponse(responseCode = "200", description = "Changed")
    public RestResponse<ContactView> patchContact(
            @PathParam("id") UUID id,
            @Parameter(required = true) @HeaderParam("If-Match") @Nullable String ifMatch,
            JsonNode patch) {
        return answer(changes.patch(id, ifMatch, patch));
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List the contacts of your departments, newest first")
    public RestResponse<Page<ContactView>> listContacts(
            @QueryParam("address") @Size(max = 254) @Nullable String address,
            @QueryParam("organisation") @Nullable UUID organisation,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        List<Contact> rows = contacts.page(
                user.allDepartments() ? null : user.departments(),
                address,
                organisation,
                after == null ? null : after.uuid(0),
                limit + 1);
        return Pages.respond(Page.of(rows, limit, access::view, row -> Cursor.of(row.id())), uri);
    }

    @GET
    @Path("/{id}/duplicates")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Suggest contacts that may be the same person",
            description = "The same name, telephone number or mailbox (`carl+shop@…` is `carl@…`); twenty at most.")
    public Page<ContactDuplicates.Suggestion> listDuplicates(@PathParam("id") UUID id) {
        return new Page<>(duplicates.of(access.read(id)), null);
    }

    @POST
    @Idempotent
    @Path("/{id}/merge")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Merge a contact into another one",
            description =
                    "It becomes an alias; its tickets and addresses count as the other's from then on. It needs the"
                            + " right EDIT in all departments of both.")
    @APIResponse(responseCode = "200", description = "The contact that stays")
    public RestResponse<ContactView> mergeContact(
            @PathParam("id") UUID id, @NotNull @Valid MergeContactRequest request) {
        return answer(changes.merge(id, request.into()));
    }

    @DELETE
    @Path("/{id}/merge")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Undo a merge: the alias is a contact of its own again")
    @APIResponse(responseCode = "200", description = "The contact that was an alias")
    public RestResponse<ContactView> undoContactMerge(@PathParam("id") UUID id) {
        return answer(changes.undoMerge(id));
    }

    private static RestResponse<ContactView> answer(ContactView contact) {
        return RestResponse.ResponseBuilder.ok(contact)
                .tag(ETags.of(contact.version()))
                .build();
    }
}
