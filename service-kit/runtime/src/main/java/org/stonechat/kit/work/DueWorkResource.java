package org.stonechat.kit.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Timers and effects as an operator sees them. Payloads stay hidden: they may name people.
@Path("/api/v1/operations/{service}/due-work")
@Tag(name = "Operations")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
public class DueWorkResource {

    /// Each service names its own kinds of work.
    private static final String KIND = "[A-Za-z0-9._-]{1,100}";

    private static final String SELECT = """
            select position, id, kind, subject, ordering_key, state, due_at, attempt, in_doubt, lease_until, last_error,
                   created_at, finished_at
            from due_work
            """;

    private final CurrentUser user;
    private final String operationsName;
    private final DataSource dataSource;
    private final InstantSource clock;
    private final Audit audit;

    DueWorkResource(
            CurrentUser user,
            @ConfigProperty(name = "stonechat.operations.name") String operationsName,
            DataSource dataSource,
            InstantSource clock,
            Audit audit) {
        this.user = user;
        this.operationsName = operationsName;
        this.dataSource = dataSource;
        this.clock = clock;
        this.audit = audit;
    }

    /// How a piece of work stands.
    @Schema(name = "DueWorkState")
    public enum State {
        OPEN,
        DONE,
        FAILED,
        CANCELLED,
        SUPERSEDED
    }

    /// @param inDoubt an attempt ended without anyone knowing whether it had its effect
    public record DueWorkResponse(
            UUID id,
            @Schema(pattern = KIND) String kind,
            String subject,
            @Nullable String orderingKey,
            State state,
            Instant dueAt,
            int attempt,
            boolean inDoubt,
            @Nullable Instant leaseUntil,
            @Nullable String lastError,
            Instant createdAt,
            @Nullable Instant finishedAt) {}

    private record Row(long position, DueWorkResponse response) {}

    @GET
    @Operation(
            operationId = "listDueWork",
            summary = "List timers and outside effects of this service, the latest first")
    public RestResponse<Page<DueWorkResponse>> list(
            @PathParam("service") String service,
            @QueryParam("state") @DefaultValue("FAILED") State state,
            @QueryParam("kind") @Pattern(regexp = KIND) @Nullable String kind,
            @BeanParam Paging paging,
            @Context UriInfo uri) {
        requireOurs(service);
        Cursor after = paging.after();
        String sql = SELECT + """
                        where state = ? and (?::text is null or kind = ?) and position < ?
                        order by position desc limit ?
                        """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, state.name());
            select.setString(2, kind);
            select.setString(3, kind);
            select.setLong(4, after == null ? Long.MAX_VALUE : after.withKeys(1).number(0));
            select.setInt(5, paging.limit() + 1);
            List<Row> rows = read(select);
            return Pages.respond(Page.of(rows, paging.limit(), Row::response, row -> Cursor.of(row.position())), uri);
        } catch (SQLException failure) {
            throw new IllegalStateException("due work could not be read", failure);
        }
    }

    @POST
    @Path("{id}/retry")
    @Transactional
    @Operation(
            operationId = "retryDueWork",
            summary = "Have work that failed for good tried again, with all its attempts")
    public DueWorkResponse retry(@PathParam("service") String service, @PathParam("id") UUID id) {
        requireOurs(service);
        String sql = """
                update due_work failed
                set state = 'OPEN', attempt = 0, due_at = ?, finished_at = null
                where id = ? and state = 'FAILED'
                  and not exists (
                      select 1 from due_work open
                      where open.kind = failed.kind and open.subject = failed.subject and open.state = 'OPEN')
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement reopen = connection.prepareStatement(sql)) {
            reopen.setObject(1, WorkTable.timestamp(clock.instant()));
            reopen.setObject(2, id);
            boolean reopened = reopen.executeUpdate() > 0;
            DueWorkResponse work = find(connection, id);
            if (!reopened) {
                throw new ProblemException(
                        CommonError.CONFLICT,
                        work.state() == State.FAILED
                                ? "A newer piece of the same work is open."
                                : "Only failed work can be tried again.");
            }
            WorkTable.wakeWorkers(connection);
            audit.did("due-work", id, "retry");
            return work;
        } catch (SQLException failure) {
            throw new IllegalStateException("due work could not be reopened", failure);
        }
    }

    private void requireOurs(String service) {
        user.requireAllDepartments();
        if (!service.equals(operationsName)) {
            throw ProblemException.notFound("service");
        }
    }

    private static DueWorkResponse find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + "where id = ?")) {
            select.setObject(1, id);
            List<Row> rows = read(select);
            if (rows.isEmpty()) {
                throw ProblemException.notFound("work");
            }
            return rows.getFirst().response();
        }
    }

    private static List<Row> read(PreparedStatement select) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(
                        row.getLong("position"),
                        new DueWorkResponse(
                                row.getObject("id", UUID.class),
                                row.getString("kind"),
                                row.getString("subject"),
                                row.getString("ordering_key"),
                                State.valueOf(row.getString("state")),
                                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                                row.getInt("attempt"),
                                row.getBoolean("in_doubt"),
                                instant(row, "lease_until"),
                                row.getString("last_error"),
                                row.getObject("created_at", OffsetDateTime.class)
                                        .toInstant(),
                                instant(row, "finished_at"))));
            }
        }
        return rows;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
