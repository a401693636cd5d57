package org.stonechat.ticket.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.ticket.rights.Sight;

/// Reads pages of lists.
///
/// What a person sees is a handful of *lanes*: each of his departments, what is assigned to him, each of his
/// teams, and what his departments referred away and may go on reading. Every lane is read from its own index in the
/// order of the list and stops after a page; then the
/// lanes are merged. So no list grows with the table. The sections of a list are read one after the other, as
/// far as the page goes.
@ApplicationScoped
class TicketLists {

    /// PostgreSQL's class of errors for values that are not of their type.
    private static final String DATA_EXCEPTION = "22";

    private final DataSource dataSource;
    private final BoundedReading reading;
    private final TicketRows rows;

    TicketLists(DataSource dataSource, BoundedReading reading, TicketRows rows) {
        this.dataSource = dataSource;
        this.reading = reading;
        this.rows = rows;
    }

    private record Keyed(UUID id, List<String> keys, int section) {

        Cursor cursor() {
            List<Object> parts = new ArrayList<>();
            parts.add(section);
            parts.addAll(keys);
            return Cursor.of(parts.toArray());
        }
    }

    /// @param department only this one; null for all the person sees
    /// @throws ProblemException 422 `list-too-slow`
    Page<TicketRow> page(ListSpec spec, Sight sight, @Nullable UUID department, @Nullable Cursor after, int limit) {
        long first = after == null ? 0 : after.number(0);
        if (first < 0 || first > spec.sections().size()) {
            throw new ProblemException(CommonError.CURSOR_INVALID, "It belongs to another list.");
        }
        List<Keyed> found;
        try {
            found = reading.read(reader -> {
                List<Keyed> rows = new ArrayList<>();
                for (int section = (int) first; section < spec.sections().size() && rows.size() <= limit; section++) {
                    Cursor within = after != null && section == first ? after : null;
                    read(reader, spec, section, sight, department, within, limit + 1 - rows.size(), rows);
                }
                return rows;
            });
        } catch (SQLException failure) {
            throw refused(failure, after);
        }
        // Read with one row more than asked for, which tells that there is a following page.
        Page<UUID> ids = Page.of(found, limit, Keyed::id, Keyed::cursor);
        return new Page<>(rows.of(ids.items()), ids.next());
    }

    private static RuntimeException refused(SQLException failure, @Nullable Cursor after) {
        String state = failure.getSQLState();
        if (after != null && state != null && state.startsWith(DATA_EXCEPTION)) {
            return new ProblemException(
                    CommonError.CURSOR_INVALID,
                    "Pass `next` of the previous page as `after`, unchanged, to the same list.");
        }
        return new IllegalStateException("a list could not be read", failure);
    }

    private static void read(
            BoundedReading.Reader reader,
            ListSpec spec,
            int section,
            Sight sight,
            @Nullable UUID department,
            @Nullable Cursor after,
            int limit,
            List<Keyed> into)
            throws SQLException {
        ListSpec.Section part = spec.sections().get(section);
        ListOrder order = part.order();
        Sql condition = new Sql().add(spec.filter()).add(part.condition());
        if (after != null) {
            condition.add(order.after(after, 1));
        }
        List<Sql> lanes = lanes(spec, sight, department, (lane, parameters) -> {
            Sql one = Sql.of("select t.id, " + order.columns()).add(order.from());
            one.add(lane, parameters).add(" and t.merged_into is null").add(condition);
            return one.add(" order by " + order.by() + " limit ?", limit);
        });
        if (lanes.isEmpty()) {
            return;
        }
        // A ticket of mine in a department of mine comes by two lanes.
        Sql sql = Sql.of("select id, " + order.names() + " from (select distinct on (id) * from (")
                .add(Sql.joined(lanes, " union all "))
                .add(") lanes) once order by " + order.byNames("once") + " limit ?", limit);
        try (PreparedStatement select = reader.prepare(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                List<String> keys = new ArrayList<>();
                for (int key = 0; key < order.keys().size(); key++) {
                    keys.add(row.getString(2 + key));
                }
                into.add(new Keyed(row.getObject(1, UUID.class), keys, section));
            }
        }
    }

    /// How many there are in each list, counted no further than `most`: what is beyond is of no use to anybody
    /// who looks at it, and counting it would read the table. All of them are one statement.
    List<Integer> counts(List<ListSpec> specs, Sight sight, @Nullable UUID department, int most) {
        if (specs.isEmpty()) {
            return List.of();
        }
        List<Sql> each =
                specs.stream().map(spec -> count(spec, sight, department, most)).toList();
        Sql sql = Sql.of("select ").add(Sql.joined(each, ", "));
        List<Integer> counts = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            row.next();
            for (int list = 1; list <= each.size(); list++) {
                counts.add(row.getInt(list));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("lists could not be counted", failure);
        }
        return counts;
    }

    /// How many there are in lists that people have made up, counted no further than `most` and no longer than
    /// `patience` altogether: what no index answers is looked for in the whole table.
    ///
    /// Each may take a quarter of the time that is left, so that a slow one leaves some to those after it.
    ///
    /// @return empty for what was not counted in time
    List<OptionalInt> countsWithin(
            Duration patience, List<ListSpec> specs, Sight sight, @Nullable UUID department, int most) {
        List<OptionalInt> counts = new ArrayList<>();
        if (specs.isEmpty()) {
            return counts;
        }
        long end = System.nanoTime() + patience.toNanos();
        try (Connection connection = dataSource.getConnection()) {
            // The bound on a statement's time holds for a transaction.
            connection.setAutoCommit(false);
            try {
                for (ListSpec spec : specs) {
                    Duration left = Duration.ofNanos(end - System.nanoTime());
                    counts.add(countWithin(
                            left.dividedBy(4),
                            connection,
                            Sql.of("select ").add(count(spec, sight, department, most))));
                }
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("lists could not be counted", failure);
        }
        return counts;
    }

    private static OptionalInt countWithin(Duration patience, Connection connection, Sql count) throws SQLException {
        if (patience.toMillis() < 1) {
            return OptionalInt.empty();
        }
        try (Statement bound = connection.createStatement();
                PreparedStatement select = count.prepare(connection)) {
            bound.execute("set local statement_timeout = " + patience.toMillis());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return OptionalInt.of(row.getInt(1));
            }
        } catch (SQLException failure) {
            if (BoundedReading.TOOK_TOO_LONG.equals(failure.getSQLState())) {
                return OptionalInt.empty();
            }
            throw failure;
        } finally {
            connection.rollback();
        }
    }

    /// Read in the order of the list although a number has none: without it the planner takes a hundred rows
    /// from the table itself to be near at hand, and for what is rare reads all of it.
    private static Sql count(ListSpec spec, Sight sight, @Nullable UUID department, int most) {
        ListSpec.Section counted = spec.counted();
        List<Sql> lanes = lanes(
                spec,
                sight,
                department,
                (lane, parameters) -> Sql.of("select t.id from ticket t where ")
                        .add(lane, parameters)
                        .add(" and t.merged_into is null")
                        .add(spec.filter())
                        .add(counted.condition())
                        .add(" order by " + counted.order().by() + " limit ?", most));
        return switch (lanes.size()) {
            case 0 -> Sql.of("0");
            // Nothing comes twice in one lane, so the first hundred are enough, whichever department has them.
            case 1 ->
                Sql.of("(select count(*) from (select id from ")
                        .add(lanes.getFirst())
                        .add(" lane limit ?) counted)", most);
            default ->
                Sql.of("(select count(*) from (select distinct id from (")
                        .add(Sql.joined(lanes, " union all "))
                        .add(") lanes limit ?) counted)", most);
        };
    }

    /// Every ticket of the list, no more than `most`.
    ///
    /// @throws ProblemException 422 `list-too-slow`
    List<UUID> ids(ListSpec spec, Sight sight, @Nullable UUID department, int most) {
        try {
            return reading.read(reader -> {
                List<Keyed> found = new ArrayList<>();
                for (int section = 0; section < spec.sections().size() && found.size() < most; section++) {
                    read(reader, spec, section, sight, department, null, most - found.size(), found);
                }
                return found.stream().map(Keyed::id).toList();
            });
        } catch (SQLException failure) {
            throw new IllegalStateException("a list could not be read", failure);
        }
    }

    /// Writes the statement of a lane.
    private interface Lane {

        /// @param condition which tickets are in the lane
        Sql select(String condition, Object... parameters);
    }

    private static List<Sql> lanes(ListSpec spec, Sight sight, @Nullable UUID department, Lane lane) {
        List<Sql> lanes = new ArrayList<>();
        if (spec.mine()) {
            owned(lanes, lane, "t.assignee_id = ?", sight.person(), department);
            return lanes;
        }
        if (department != null) {
            if (sight.everywhere() || sight.departments().contains(department)) {
                departments(lanes, lane, Set.of(department), sight.hiddenTeams());
                ownOfHidden(lanes, lane, spec, sight, department);
            } else {
                elsewhere(lanes, lane, spec, sight, department);
            }
        } else if (sight.everywhere()) {
            each(lanes, lane, Sql.of("department lane"), sight.hiddenTeams());
            ownOfHidden(lanes, lane, spec, sight, null);
        } else {
            departments(lanes, lane, sight.departments(), sight.hiddenTeams());
            elsewhere(lanes, lane, spec, sight, null);
        }
        return lanes;
    }

    /// The tickets of one owner.
    private static void owned(List<Sql> lanes, Lane lane, String condition, UUID owner, @Nullable UUID department) {
        lanes.add(Sql.of("(")
                .add(
                        department == null
                                ? lane.select(condition, owner)
                                : lane.select(condition + " and t.department_id = ?", owner, department))
                .add(")"));
    }

    /// A lane for each of these departments.
    private static void departments(List<Sql> lanes, Lane lane, Set<UUID> departments, Set<UUID> hiddenTeams) {
        if (departments.isEmpty()) {
            return;
        }
        each(lanes, lane, Sql.of("unnest(?) as lane (id)", (Object) departments.toArray(UUID[]::new)), hiddenTeams);
    }

    private static void each(List<Sql> lanes, Lane lane, Sql source, Set<UUID> hiddenTeams) {
        Sql part = hiddenTeams.isEmpty()
                ? lane.select("t.department_id = lane.id")
                : lane.select("t.department_id = lane.id and (t.team_id is null or t.team_id <> all (?))", (Object)
                        hiddenTeams.toArray(UUID[]::new));
        lanes.add(Sql.of("(select part.* from ")
                .add(source)
                .add(" cross join lateral (")
                .add(part)
                .add(") part)"));
    }

    /// A closed team's ticket is out of sight, but not for the one it is assigned to.
    private static void ownOfHidden(List<Sql> lanes, Lane lane, ListSpec spec, Sight sight, @Nullable UUID department) {
        if (!sight.hiddenTeams().isEmpty() && !spec.asksForUnassigned()) {
            owned(lanes, lane, "t.assignee_id = ?", sight.person(), department);
        }
    }

    /// What is assigned to the person or to his teams, wherever it lies. Some of it comes by a department's
    /// lane too and is taken out again at the end: left out here it would have to be read past.
    private static void elsewhere(List<Sql> lanes, Lane lane, ListSpec spec, Sight sight, @Nullable UUID department) {
        if (!spec.asksForUnassigned()) {
            owned(lanes, lane, "t.assignee_id = ?", sight.person(), department);
        }
        for (UUID team : sight.teams()) {
            owned(lanes, lane, "t.team_id = ?", team, department);
        }
        // Nobody here can take what lies elsewhere with nobody.
        if (!sight.departments().isEmpty() && !spec.asksForUnassigned()) {
            referred(lanes, lane, spec, sight, department);
        }
    }

    private static void referred(List<Sql> lanes, Lane lane, ListSpec spec, Sight sight, @Nullable UUID department) {
        UUID[] readers = sight.departments().toArray(UUID[]::new);
        String condition = "t.id in (select r.ticket_id from ticket_reader r where r.department_id = any(?)"
                + (spec.asksForOpen() ? " and not r.folded" : "")
                + ") and t.department_id <> all (?) and (t.team_id is null or t.team_id <> all (?))";
        UUID[] hidden = sight.hiddenTeams().toArray(UUID[]::new);
        lanes.add(Sql.of("(")
                .add(
                        department == null
                                ? lane.select(condition, readers, readers, hidden)
                                : lane.select(
                                        condition + " and t.department_id = ?", readers, readers, hidden, department))
                .add(")"));
    }
}
