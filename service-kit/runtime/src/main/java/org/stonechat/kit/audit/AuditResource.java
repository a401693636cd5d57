package org.stonechat.kit.audit;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// What administrators of all departments read of what was refused and changed here.
@Path("/api/v1/operations/{service}/audit")
@Tag(name = "operations")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
public class AuditResource {

    private static final String KIND = "[a-z-]{1,60}";
    private static final String ACTOR = "[A-Za-z0-9._:-]{1,100}";

    private final String operationsName;
    private final AuditTable table;
    private final CurrentUser user;

    AuditResource(
            @ConfigProperty(name = "stonechat.operations.name") String operationsName,
            AuditTable table,
            CurrentUser user) {
        this.operationsName = operationsName;
        this.table = table;
        this.user = user;
    }

    @GET
    @Operation(
            operationId = "listAuditLines",
            summary = "What this service refused, and who changed rights, secrets and settings; the latest first",
            description =
                    "For admins of all departments. Equal refusals within a minute are one line with a count."
                            + " Lines are kept for a year, those of refusals for 30 days, unless the installation says otherwise.")
    public RestResponse<Page<AuditLine>> list(
            @PathParam("service") String service,
            @QueryParam("from")
                    @Parameter(description = "Not before this moment.", example = "2026-11-23T00:00:00Z")
                    @Nullable
                    Instant from,
            @QueryParam("to")
                    @Parameter(description = "Before this moment.", example = "2026-11-24T00:00:00Z")
                    @Nullable
                    Instant to,
            @QueryParam("kind")
                    @Pattern(regexp = KIND)
                    @Parameter(description = "What was changed; `request` for what was refused.", example = "role")
                    @Nullable
                    String kind,
            @QueryParam("actor")
                    @Pattern(regexp = ACTOR)
                    @Parameter(
                            description = "The subject of a token.",
                            example = "0197a000-0000-7000-8000-000000000101")
                    @Nullable
                    String actor,
            @QueryParam("outcome") AuditLine.@Nullable Outcome outcome,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        if (!service.equals(operationsName)) {
            throw ProblemException.notFound("service");
        }
        if (!user.allDepartments()) {
            throw ProblemException.forbidden("This is for admins of all departments.");
        }
        Cursor after = paging.after();
        AuditTable.Place before =
                after == null ? null : new AuditTable.Place(after.withKeys(2).instant(0), after.uuid(1));
        List<AuditLine> lines =
                table.page(new AuditTable.Filter(from, to, kind, actor, outcome), before, paging.limit() + 1);
        return Pages.respond(
                Page.of(lines, paging.limit(), line -> line, line -> Cursor.of(line.occurredAt(), line.id())), uri);
    }
}
