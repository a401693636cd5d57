package org.stonechat.ticket.search;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
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
import org.stonechat.ticket.view.FilterParameters;
import org.stonechat.ticket.view.FilterSql;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/search")
@Tag(name = "search")
@RunOnVirtualThread
class SearchResource {

    private final TicketSearch search;
    private final FilterSql filters;
    private final TicketSight sight;
    private final CurrentUser user;

    SearchResource(TicketSearch search, FilterSql filters, TicketSight sight, CurrentUser user) {
        this.search = search;
        this.filters = filters;
        this.sight = sight;
        this.user = user;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            operationId = "searchTickets",
            summary = "Search tickets",
            description =
                    "All words must be somewhere in the ticket: its number, subject, tags, custom texts, customer,"
                            + " review or messages, in whatever form (Dutch, French, German and English stems, Persian spellings,"
                            + " accents and case do not matter). `*` after three letters or more stands for any ending. If nothing"
                            + " has the words as written, similar names and numbers are found and marked. The best hit comes first,"
                            + " among the newest few hundred, and then among those before them. A page may hold fewer than `limit`"
                            + " although `next` is there: go on then. What takes too long to find is 422 `list-too-slow`: ask for"
                            + " less.")
    public RestResponse<Page<Found>> search(
            @QueryParam("q") @NotBlank @Size(max = 200) @Parameter(description = "The words", example = "lamp kapot")
                    String words,
            @QueryParam("department") @Parameter(description = "Only this department") @Nullable UUID department,
            @BeanParam FilterParameters filter,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        if (words.indexOf(0) >= 0) {
            throw ProblemException.invalid("q", "It must not have NUL characters.");
        }
        Sight seen = sight.ofCaller();
        Page<Found> page = search.page(
                new TicketSearch.Request(words, seen, department, filters.of(filter.filter(), user.id())),
                paging.after(),
                paging.limit());
        // Tickets of one's own or of one's teams may lie in a department that is otherwise unknown to the caller.
        if (department != null && !user.inDepartment(department) && page.items().isEmpty()) {
            throw ProblemException.notFound("department");
        }
        return Pages.respond(page, uri);
    }
}
