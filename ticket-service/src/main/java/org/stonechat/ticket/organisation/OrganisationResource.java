package org.stonechat.ticket.organisation;

import java.net.URI;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/organisations")
@Tag(name = "contacts")
@RunOnVirtualThread
class OrganisationResource {

    private final Organisations organisations;

    OrganisationResource(Organisations organisations) {
        this.organisations = organisations;
    }

    @POST
    @Idempotent
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Make an organisation that contacts can belong to")
    @APIResponse(responseCode = "201", description = "Made")
    public RestResponse<OrganisationView> createOrganisation(@NotNull @Valid OrganisationRequest request) {
        OrganisationView made = organisations.create(request);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, made)
                .location(URI.create("/api/v1/organisations/" + made.id()))
                .tag(ETags.of(made.version()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List the organisations of your departments, newest first")
    public RestResponse<Page<OrganisationView>> listOrganisations(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        return Pages.respond(
                Page.of(
                        organisations.page(after == null ? null : after.uuid(0), limit + 1),
                        limit,
                        OrganisationView::from,
                        row -> Cursor.of(row.id())),
                uri);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read an organisation of your departments")
    @APIResponse(responseCode = "200", description = "The organisation")
    public RestResponse<OrganisationView> getOrganisation(@PathParam("id") UUID id) {
        return answer(organisations.read(id));
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Change an organisation", description = "Names the version it was read at in If-Match.")
    @APIResponse(responseCode = "200", description = "Changed")
    public RestResponse<OrganisationView> putOrganisation(
            @PathParam("id") UUID id,
            @Parameter(required = true) @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid OrganisationRequest request) {
        return answer(organisations.change(id, ifMatch, request));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Remove an organisation that no contact belongs to")
    @APIResponse(responseCode = "204", description = "Removed")
    public void deleteOrganisation(
            @PathParam("id") UUID id, @Parameter(required = true) @HeaderParam("If-Match") @Nullable String ifMatch) {
        organisations.delete(id, ifMatch);
    }

    private static RestResponse<OrganisationView> answer(OrganisationView organisation) {
        return RestResponse.ResponseBuilder.ok(organisation)
                .tag(ETags.of(organisation.version()))
                .build();
    }
}
