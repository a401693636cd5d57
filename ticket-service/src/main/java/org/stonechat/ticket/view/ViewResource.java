package org.stonechat.ticket.view;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.rights.Sight;
import org.stonechat.ticket.rights.TicketSight;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/views")
@Tag(name = "views")
@RunOnVirtualThread
class ViewResource {

    private static final UUID LOWEST = new UUID(0, 0);
    private static final int COUNTED = 100;
    private static final int MOST_COUNTED_VIEWS = 50;

    private final SavedViews views;
    private final SavedViewRepository repository;
    private final TicketLists lists;
    private final TicketSight sight;
    private final ViewConfig config;
    private final CurrentUser user;

    ViewResource(
            SavedViews views,
            SavedViewRepository repository,
            TicketLists lists,
            TicketSight sight,
            ViewConfig config,
            CurrentUser user) {
        this.views = views;
        this.repository = repository;
        this.lists = lists;
        this.sight = sight;
        this.config = config;
        this.user = user;
    }

    @Schema(name = "View")
    record ViewEntry(
            @Schema(
                    description = "For `view` of `/tickets`: a name, or the id of a saved view",
                    examples = "unassigned")
            String code,

            String label,
            boolean starred,

            @Schema(description = "Null for a ready-made view") @Nullable
            Saved saved) {}

    @Schema(name = "SavedView")
    record Saved(
            UUID id,
            ViewScope scope,
            UUID ownerId,
            @Nullable UUID departmentId,
            ViewDefinition definition,
            int version) {

        static Saved from(SavedView view) {
            return new Saved(
                    view.id(), view.scope(), view.ownerId(), view.departmentId(), view.definition(), view.version());
        }
    }

    @Schema(name = "ViewCount")
    record Count(
            String code,

            @Schema(description = "At least so many: counted up to 100, and only as far as there is time for it")
            int count,

            @Schema(description = "True: there are more than that, or there may be, where counting took too long")
            boolean more) {}

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "List the ready-made views, and after them the saved ones you see, by name")
    public RestResponse<Page<ViewEntry>> listViews(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        Set<String> starred = Set.copyOf(repository.starred(user.id()));
        List<ViewEntry> entries = new ArrayList<>();
        if (after == null) {
            Arrays.stream(View.values())
                    .map(view -> new ViewEntry(view.code(), view.label(), starred.contains(view.code()), null))
                    .forEach(entries::add);
        }
        repository
                .visible(
                        user.id(),
                        user.allDepartments() ? null : user.departments(),
                        limit + 1,
                        after == null ? "" : after.text(0),
                        after == null ? LOWEST : after.uuid(1))
                .forEach(view -> entries.add(entry(view, starred)));
        // The ready-made ones stand on the first page, whatever its size.
        int shown = limit + (after == null ? View.values().length : 0);
        return Pages.respond(
                Page.of(entries, shown, entry -> entry, entry -> Cursor.of(entry.label(), entry.code())), uri);
    }

    private static ViewEntry entry(SavedView view, Set<String> starred) {
        String code = view.id().toString();
        return new ViewEntry(code, view.name(), starred.contains(code), Saved.from(view));
    }

    @GET
    @Path("/counts")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Count the tickets of views",
            description =
                    "Up to 100 each, because more is not counted. Without `view`: the ready-made ones and those you"
                            + " starred. A saved view whose filter takes too long to count is 0 with `more`.")
    public Page<Count> countViews(
            @QueryParam("view") @Size(max = MOST_COUNTED_VIEWS) @Parameter(description = "Codes of views")
                    List<String> wanted,
            @QueryParam("department") @Parameter(description = "Only this department") @Nullable UUID department) {
        // Tickets of one's own or of one's teams may lie in a department that is otherwise unknown to the caller.
        if (department != null && !user.inDepartment(department) && !views.anyIn(department)) {
            throw ProblemException.notFound("department");
        }
        Set<String> codes = new LinkedHashSet<>(wanted);
        boolean usual = codes.isEmpty();
        if (usual) {
            Arrays.stream(View.values()).map(View::code).forEach(codes::add);
            codes.addAll(repository.starred(user.id()));
        }
        Map<String, ListSpec> readyMade = new LinkedHashMap<>();
        Map<String, ListSpec> saved = new LinkedHashMap<>();
        for (String code : codes) {
            if (readyMade.size() + saved.size() == MOST_COUNTED_VIEWS) {
                break;
            }
            Optional<ListSpec> spec = views.spec(code);
            if (spec.isEmpty() && !usual) {
                throw ProblemException.notFound("view");
            }
            // What was starred and has been taken away since is left out.
            spec.ifPresent(list -> (View.of(code).isPresent() ? readyMade : saved).put(code, list));
        }
        Sight seen = sight.ofCaller();
        Map<String, Count> found = new HashMap<>();
        Iterator<Integer> answered = lists.counts(List.copyOf(readyMade.values()), seen, department, COUNTED + 1)
                .iterator();
        readyMade.keySet().forEach(code -> found.put(code, counted(code, answered.next())));
        Iterator<OptionalInt> tried = lists.countsWithin(
                        config.countPatience(), List.copyOf(saved.values()), seen, department, COUNTED + 1)
                .iterator();
        saved.keySet().forEach(code -> {
            OptionalInt count = tried.next();
            found.put(code, count.isPresent() ? counted(code, count.getAsInt()) : new Count(code, 0, true));
        });
        List<Count> counts = new ArrayList<>();
        for (String code : codes) {
            Count count = found.get(code);
            if (count != null) {
                counts.add(count);
            }
        }
        return new Page<>(counts, null);
    }

    private static Count counted(String code, int count) {
        return new Count(code, Math.min(count, COUNTED), count > COUNTED);
    }

    @POST
    @Idempotent
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Keep a view",
            description = "For yourself, for a department (leads and admins), for everyone (admins).")
    @APIResponse(responseCode = "201", description = "Kept")
    public RestResponse<ViewEntry> createView(@NotNull @Valid ViewRequest request) {
        SavedView view = views.create(request);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, entry(view, Set.of()))
                .location(URI.create("/api/v1/views/" + view.id()))
                .tag(ETags.of(view.version()))
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read a saved view")
    @APIResponse(responseCode = "200", description = "The view")
    public RestResponse<ViewEntry> getView(@PathParam("id") UUID id) {
        return answer(views.read(id));
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Change a saved view", description = "Its owner may, and whoever may keep such a view.")
    @APIResponse(responseCode = "200", description = "Changed")
    public RestResponse<ViewEntry> putView(
            @PathParam("id") UUID id,
            @Parameter(required = true) @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid ViewRequest request) {
        return answer(views.change(id, ifMatch, request));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Remove a saved view")
    @APIResponse(responseCode = "204", description = "Removed")
    public void deleteView(@PathParam("id") UUID id) {
        views.delete(id);
    }

    @PUT
    @Path("/{code}/star")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Star a view, ready-made or saved")
    @APIResponse(responseCode = "204", description = "Starred")
    public void starView(@PathParam("code") @Pattern(regexp = "[a-zA-Z0-9-]{1,50}") String code) {
        views.star(code, true);
    }

    @DELETE
    @Path("/{code}/star")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Take the star from a view")
    @APIResponse(responseCode = "204", description = "Not starred")
    public void unstarView(@PathParam("code") @Pattern(regexp = "[a-zA-Z0-9-]{1,50}") String code) {
        views.star(code, false);
    }

    private RestResponse<ViewEntry> answer(SavedView view) {
        return RestResponse.ResponseBuilder.ok(entry(view, Set.copyOf(repository.starred(user.id()))))
                .tag(ETags.of(view.version()))
                .build();
    }
}
