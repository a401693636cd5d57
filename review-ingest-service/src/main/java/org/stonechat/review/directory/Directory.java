package org.stonechat.review.directory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/// What this service knows of departments and teams: what their events said last.
@ApplicationScoped
public class Directory {

    private final DataSource dataSource;

    Directory(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void define(UUID department, String name, boolean active) {
        update("""
                insert into department (id, name, active) values (?, ?, ?)
                on conflict (id) do update set name = excluded.name, active = excluded.active
                """, department, name, active);
    }

    void defineTeam(UUID team, String name, String visibility, List<UUID> departments, List<UUID> members) {
        update("""
                insert into team (id, name, visibility) values (?, ?, ?)
                on conflict (id) do update set name = excluded.name, visibility = excluded.visibility
                """, team, name, visibility);
        update("delete from team_department where team_id = ?", team);
        update("delete from team_member where team_id = ?", team);
        for (UUID department : new HashSet<>(departments)) {
            update("insert into team_department (team_id, department_id) values (?, ?)", team, department);
        }
        for (UUID member : new HashSet<>(members)) {
            update("insert into team_member (agent_id, team_id) values (?, ?)", member, team);
        }
    }

    /// Why tickets cannot go there, or null when nothing is known against it.
    public @Nullable String objectionTo(UUID department, @Nullable UUID team) {
        if (holds("select 1 from department where id = ? and not active", department)) {
            return "The department is not active.";
        }
        if (team != null
                && holds("select 1 from team where id = ?", team)
                && !holds("select 1 from team_department where team_id = ? and department_id = ?", team, department)) {
            return "The team does not work for the department.";
        }
        return null;
    }

    /// The teams a person is in.
    public Set<UUID> teamsOf(UUID agent) {
        Set<UUID> teams = new HashSet<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select team_id from team_member where agent_id = ?")) {
            select.setObject(1, agent);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    teams.add(rows.getObject(1, UUID.class));
                }
            }
            return teams;
        } catch (SQLException failure) {
            throw new IllegalStateException("the directory could not be read", failure);
        }
    }

    /// True for a team that only its own people see into.
    public boolean isClosed(UUID team) {
        return holds("select 1 from team where id = ? and visibility = '" + Visibility.CLOSED + "'", team);
    }

    private boolean holds(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, parameters);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the directory could not be read", failure);
        }
    }

    private void update(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            bind(update, parameters);
            update.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("the directory could not be written", failure);
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int index = 0; index < parameters.length; index++) {
            statement.setObject(index + 1, parameters[index]);
        }
    }
}
