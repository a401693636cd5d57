package org.stonechat.ticket.view;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.rights.Sight;
import org.stonechat.ticket.rights.TicketSight;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets")
@Tag(name = "tickets")
@RunOnVirtualThread
class TicketListResource {

    private final SavedViews views;
    private final FilterSql filters;
    private final TicketLists lists;
    private final TicketSight sight;
    private final CurrentUser user;

    TicketListResource(SavedViews views, FilterSql filters, TicketLists lists, TicketSight sight, CurrentUser user) {
        this.views = views;
        this.filters = filters;
        this.lists = lists;
        this.sight = sight;
        this.user = user;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "List tickets of a view",
            description = "Ready-made views: urgent and escalated ones on top, then by the customer's waiting time,"
                    + " longest first; overdue ones by their due date, closed ones latest first. Saved views: as they"
                    + " were saved. A page that takes too long to find, because few of very many tickets fit, is 422"
                    + " `list-too-slow`: ask for less.")
    public RestResponse<Page<TicketRow>> listTickets(
            @QueryParam("view") @DefaultValue("all-open") @Size(max = 50) @Parameter(description = "A code of `/views`")
                    String view,
            @QueryParam("department") @Parameter(description = "Only this department") @Nullable UUID department,
            @BeanParam FilterParameters filter,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        ListSpec wanted = views.spec(view)
                .orElseThrow(() -> ProblemException.invalid("view", "It must be one of those of /views."));
        Sight seen = sight.ofCaller();
        ListSpec filtered = wanted.and(filters.of(filter.filter(), user.id()));
        Page<TicketRow> page = lists.page(filtered, seen, department, paging.after(), paging.limit());
        // Tickets of one's own or of one's teams may lie in a department that is otherwise unknown to the caller.
        if (department != null && !user.inDepartment(department) && page.items().isEmpty()) {
            throw ProblemException.notFound("department");
        }
        return Pages.respond(page, uri);
    }
}
