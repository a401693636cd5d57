package org.stonechat.rating.directory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

/// Departments and teams.
@ApplicationScoped
public class Directory {

    private final DataSource dataSource;

    Directory(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// @param language BCP 47; what a customer is written to in when theirs is not known
    public record Department(UUID id, String name, boolean oneTouch, String language) {}

    /// @param portal whether invited portal users know the team (S-6)
    public record Team(UUID id, String name, boolean portal, Set<UUID> departmentIds) {}

    public Optional<Department> department(UUID id) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select name, one_touch, language from department where id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Department(id, row.getString(1), row.getBoolean(2), row.getString(3)))
                        : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the department cannot be read", failure);
        }
    }

    public Optional<Team> team(UUID id) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select name, visibility, department_ids from team where id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Team(
                                id, row.getString(1), "PORTAL_AND_INTERNAL".equals(row.getString(2)), Set.of((UUID[])
                                        row.getArray(3).getArray())))
                        : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the team cannot be read", failure);
        }
    }

    /// Teams whose tickets are not for everybody of their departments.
    public Set<UUID> closedTeams() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select id from team where visibility = 'INVITED_INTERNAL'");
                ResultSet row = select.executeQuery()) {
            Set<UUID> closed = new HashSet<>();
            while (row.next()) {
                closed.add(row.getObject(1, UUID.class));
            }
            return closed;
        } catch (SQLException failure) {
            throw new IllegalStateException("the closed teams cannot be read", failure);
        }
    }

    void define(DirectoryEvents.Department department) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement upsert = connection.prepareStatement(
                        "insert into department (id, name, one_touch, language) values (?, ?, ?, ?)"
                                + " on conflict (id) do update set name = excluded.name,"
                                + " one_touch = excluded.one_touch, language = excluded.language")) {
            upsert.setObject(1, department.id());
            upsert.setString(2, department.name());
            upsert.setBoolean(3, department.oneTouch());
            upsert.setString(4, department.language());
            upsert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("a department cannot be kept", failure);
        }
    }

    void define(DirectoryEvents.Team team) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement upsert = connection.prepareStatement(
                        "insert into team (id, name, visibility, department_ids) values (?, ?, ?, ?)"
                                + " on conflict (id) do update set name = excluded.name,"
                                + " visibility = excluded.visibility,"
                                + " department_ids = excluded.department_ids")) {
            upsert.setObject(1, team.id());
            upsert.setString(2, team.name());
            upsert.setString(3, team.visibility());
            upsert.setArray(
                    4, connection.createArrayOf("uuid", team.departmentIds().toArray()));
            upsert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("a team cannot be kept", failure);
        }
    }
}
