package org.stonechat.ticket.view;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.rights.Sight;
import org.stonechat.ticket.ticket.Face;

/// Reads pages of views.
///
/// What a person sees is a handful of *lanes*: each of his departments, what is assigned to him, each of his teams.
/// Every lane is read from its own index in the order of the list and stops after a page; then the lanes are merged.
/// So no list grows with the table.
@ApplicationScoped
class TicketLists {

    private static final String COLUMNS = """
            select t.id, t.number, t.subject, t.department_id, t.team_id, t.assignee_id, a.display_name,
                   s.id, s.label, s.category, t.priority, t.escalated, t.category, t.tags,
                   c.id, c.name, c.address, t.channel, t.due_at, t.waiting_since, t.created_at, t.folded_at,
                   v.review_id, v.stars, v.title, v.author_name, r.face, t.version, t.urgency, t.waits_from
            from page t
            join stage s on s.id = t.stage_id
            join contact c on c.id = t.contact_id
            left join agent a on a.id = t.assignee_id
            left join ticket_review v on v.ticket_id = t.id and t.review_id is not null
            left join ticket_rating r on r.ticket_id = t.id
            """;

    private final DataSource dataSource;
    private final InstantSource clock;

    TicketLists(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /// @param department only this one; null for all the person sees
    Page<TicketRow> page(View view, Sight sight, @Nullable UUID department, @Nullable Cursor after, int limit) {
        Query query = new Query(view, after, limit + 1, clock.instant());
        switch (view.lanes()) {
            case MINE -> query.lane("t.assignee_id = ?", sight.person(), department);
            case IN_SIGHT -> inSight(query, sight, department);
        }
        if (query.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(query.sql())) {
            query.bind(connection, select);
            List<Keyed> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(read(row, view));
                }
            }
            return Page.of(rows, limit, Keyed::row, Keyed::key);
        } catch (SQLException failure) {
            throw new IllegalStateException("the list " + view.code() + " could not be read", failure);
        }
    }

    private static void inSight(Query query, Sight sight, @Nullable UUID department) {
        if (department != null) {
            if (sight.everywhere() || sight.departments().contains(department)) {
                query.departments(Set.of(department), sight.hiddenTeams());
            } else {
                query.elsewhere(sight, department);
            }
        } else if (sight.everywhere()) {
            query.allDepartments(sight.hiddenTeams());
        } else {
            query.departments(sight.departments(), sight.hiddenTeams());
            query.elsewhere(sight, null);
        }
    }

    private record Keyed(TicketRow row, Cursor key) {}

    private static Keyed read(ResultSet row, View view) throws SQLException {
        UUID reviewId = row.getObject(23, UUID.class);
        String face = row.getString(27);
        TicketRow ticket = new TicketRow(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getString(3),
                row.getObject(4, UUID.class),
                row.getObject(5, UUID.class),
                row.getObject(6, UUID.class),
                row.getString(7),
                new TicketRow.RowStage(
                        row.getObject(8, UUID.class), row.getString(9), StageCategory.valueOf(row.getString(10))),
                Priority.valueOf(row.getString(11)),
                row.getBoolean(12),
                row.getString(13),
                List.of((String[]) row.getArray(14).getArray()),
                row.getObject(15, UUID.class),
                row.getString(16),
                row.getString(17),
                Channel.valueOf(row.getString(18)),
                instant(row, 19),
                instant(row, 20),
                java.util.Objects.requireNonNull(instant(row, 21)),
                instant(row, 22),
                reviewId == null
                        ? null
                        : new TicketRow.RowReview(
                                reviewId, (Integer) row.getObject(24), row.getString(25), row.getString(26)),
                face == null ? null : Face.valueOf(face),
                row.getInt(28));
        Cursor key = switch (view.order()) {
            case WAITING -> Cursor.of(row.getInt(29), row.getString(30), ticket.id());
            case DUE -> Cursor.of(row.getString(19), ticket.id());
            case FOLDED -> Cursor.of(row.getString(22), ticket.id());
        };
        return new Keyed(ticket, key);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /// Builds the statement lane by lane.
    private static final class Query {

        private final View view;
        private final @Nullable Cursor after;
        private final int limit;
        private final Instant now;
        private final List<String> lanes = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        Query(View view, @Nullable Cursor after, int limit, Instant now) {
            this.view = view;
            this.after = after;
            this.limit = limit;
            this.now = now;
        }

        boolean isEmpty() {
            return lanes.isEmpty();
        }

        /// The tickets of one owner.
        void lane(String condition, UUID owner, @Nullable UUID department) {
            parameters.add(owner);
            String inDepartment = "";
            if (department != null) {
                parameters.add(department);
                inDepartment = " and t.department_id = ?";
            }
            lanes.add("(" + select(condition + inDepartment) + ")");
        }

        /// A lane for each of these departments.
        void departments(Collection<UUID> departments, Set<UUID> hiddenTeams) {
            if (departments.isEmpty()) {
                return;
            }
            parameters.add(departments.toArray(UUID[]::new));
            each("unnest(?::uuid[]) as lane (id)", hiddenTeams);
        }

        void allDepartments(Set<UUID> hiddenTeams) {
            each("department lane", hiddenTeams);
        }

        private void each(String source, Set<UUID> hiddenTeams) {
            String condition = "t.department_id = lane.id";
            if (!hiddenTeams.isEmpty()) {
                parameters.add(hiddenTeams.toArray(UUID[]::new));
                condition += " and (t.team_id is null or t.team_id <> all (?::uuid[]))";
            }
            lanes.add("(select part.* from " + source + " cross join lateral (" + select(condition) + ") part)");
        }

        /// What is assigned to the person or to his teams, wherever it lies. Some of it comes by a department's lane
        /// too and is taken out again at the end: left out here it would have to be read past.
        void elsewhere(Sight sight, @Nullable UUID department) {
            if (view != View.UNASSIGNED) {
                lane("t.assignee_id = ?", sight.person(), department);
            }
            for (UUID team : sight.teams()) {
                lane("t.team_id = ?", team, department);
            }
        }

        private String select(String condition) {
            StringBuilder sql = new StringBuilder("select t.* from ticket t where ")
                    .append(condition)
                    .append(" and t.merged_into is null and ")
                    .append(view.condition());
            if (view.asksForNow()) {
                parameters.add(now.atOffset(ZoneOffset.UTC));
            }
            if (after != null) {
                sql.append(" and ").append(view.order().after());
                if (view.order() == View.Order.WAITING) {
                    parameters.add((int) after.number(0));
                    parameters.add(after.text(1));
                    parameters.add(after.uuid(2));
                } else {
                    parameters.add(after.text(0));
                    parameters.add(after.uuid(1));
                }
            }
            parameters.add(limit);
            return sql.append(" order by ")
                    .append(view.order().by("t"))
                    .append(" limit ?")
                    .toString();
        }

        String sql() {
            // A ticket of mine in a department of mine comes by two lanes.
            return "with lanes as ("
                    + String.join(" union all ", lanes)
                    + "), page as (select * from (select distinct on (id) * from lanes) once order by "
                    + view.order().by("once")
                    + " limit "
                    + limit
                    + ") "
                    + COLUMNS
                    + " order by "
                    + view.order().by("t");
        }

        void bind(Connection connection, PreparedStatement statement) throws SQLException {
            int index = 1;
            for (Object parameter : parameters) {
                if (parameter instanceof UUID[] ids) {
                    Array array = connection.createArrayOf("uuid", ids);
                    statement.setArray(index++, array);
                } else {
                    statement.setObject(index++, parameter);
                }
            }
        }
    }
}
