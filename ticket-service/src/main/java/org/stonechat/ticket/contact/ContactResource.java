package org.stonechat.ticket.contact;

import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/contacts")
@Tag(name = "contacts")
@RunOnVirtualThread
class ContactResource {

    private final Contacts contacts;
    private final CurrentUser user;

    ContactResource(Contacts contacts, CurrentUser user) {
        this.contacts = contacts;
        this.user = user;
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read a contact of your departments")
    @APIResponse(responseCode = "200", description = "The contact")
    public RestResponse<ContactView> getContact(@PathParam("id") UUID id) {
        Contact contact = contacts.find(id).orElseThrow(() -> ProblemException.notFound("contact"));
        if (!user.allDepartments() && contacts.departmentsOf(id).stream().noneMatch(user::inDepartment)) {
            throw ProblemException.notFound("contact");
        }
        return RestResponse.ResponseBuilder.ok(ContactView.from(contact))
                .tag(ETags.of(contact.version()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List the contacts of your departments, newest first")
    public RestResponse<Page<ContactView>> listContacts(
            @QueryParam("address") @Size(max = 254) @Nullable String address,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        List<Contact> rows = contacts.page(
                user.allDepartments() ? null : user.departments(),
                address,
                after == null ? null : after.uuid(0),
                limit + 1);
        return Pages.respond(Page.of(rows, limit, ContactView::from, row -> Cursor.of(row.id())), uri);
    }
}
