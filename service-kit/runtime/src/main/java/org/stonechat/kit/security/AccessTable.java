package org.stonechat.kit.security;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;

/// Who may do what, as it is stored. Each write leaves alone what a later event has said already.
@ApplicationScoped
class AccessTable {

    private static final TypeReference<Map<String, Set<String>>> BY_PRESET = new TypeReference<>() {};
    private static final TypeReference<Map<UUID, Set<String>>> BY_DEPARTMENT = new TypeReference<>() {};

    private final DataSource dataSource;

    AccessTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// All there is to know; people, roles and departments are few.
    ///
    /// @param dismissed people of the directory who are not at work any more
    /// @param disabled  others whose account is disabled
    record Content(Set<UUID> dismissed, Set<UUID> disabled, Map<String, DefinedRole> roles, Map<UUID, String> presets) {

        boolean isDismissed(UUID person) {
            return dismissed.contains(person) || disabled.contains(person);
        }

        /// Whoever stopped working here may still be a customer.
        boolean isDisabledCustomer(UUID person) {
            return disabled.contains(person);
        }
    }

    Content read() {
        try (Connection connection = dataSource.getConnection()) {
            Set<UUID> dismissed = new HashSet<>();
            Set<UUID> disabled = new HashSet<>();
            try (PreparedStatement select =
                            connection.prepareStatement("select id, sequence from access_person where not active");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    (row.getLong(2) == 0 ? disabled : dismissed).add(row.getObject(1, UUID.class));
                }
            }
            Map<String, DefinedRole> roles = new HashMap<>();
            // A code that was deleted and defined anew: the newer one counts.
            try (PreparedStatement select =
                            connection.prepareStatement("select code, kind, presets, departments from access_role"
                                    + " where code is not null order by id");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    roles.put(
                            row.getString(1),
                            new DefinedRole(
                                    row.getString(1),
                                    row.getString(2),
                                    EventJson.MAPPER.readValue(row.getString(3), BY_PRESET),
                                    EventJson.MAPPER.readValue(row.getString(4), BY_DEPARTMENT)));
                }
            }
            Map<UUID, String> presets = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement("select id, preset from access_department");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    presets.put(row.getObject(1, UUID.class), row.getString(2));
                }
            }
            return new Content(Set.copyOf(dismissed), Set.copyOf(disabled), Map.copyOf(roles), Map.copyOf(presets));
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException("who may do what could not be read", failure);
        }
    }

    /// Somebody who was always at work needs no row.
    void person(UUID id, boolean active, long sequence) {
        if (active) {
            update(
                    "update access_person set active = true, sequence = ? where id = ? and sequence < ?",
                    sequence,
                    id,
                    sequence);
        } else {
            update("""
                    insert into access_person as known (id, active, sequence) values (?, false, ?)
                    on conflict (id) do update set active = false, sequence = excluded.sequence
                    where known.sequence < excluded.sequence
                    """, id, sequence);
        }
    }

    /// @param role its `code`, `kind`, `presets` and `departments`
    void role(UUID id, JsonNode role, long sequence) {
        update(
                """
                insert into access_role as known (id, code, kind, presets, departments, sequence)
                values (?, ?, ?, ?::jsonb, ?::jsonb, ?)
                on conflict (id) do update
                set code = excluded.code, kind = excluded.kind, presets = excluded.presets,
                    departments = excluded.departments, sequence = excluded.sequence
                where known.sequence < excluded.sequence
                """,
                id,
                role.path("code").asText(),
                role.path("kind").asText().toLowerCase(Locale.ROOT),
                role.path("presets").toString(),
                role.path("departments").toString(),
                sequence);
    }

    void roleIsGone(UUID id, long sequence) {
        update("""
                insert into access_role as known (id, sequence) values (?, ?)
                on conflict (id) do update
                set code = null, kind = null, presets = null, departments = null, sequence = excluded.sequence
                where known.sequence < excluded.sequence
                """, id, sequence);
    }

    void department(UUID id, String preset, long sequence) {
        update("""
                insert into access_department as known (id, preset, sequence) values (?, ?, ?)
                on conflict (id) do update set preset = excluded.preset, sequence = excluded.sequence
                where known.sequence < excluded.sequence
                """, id, preset, sequence);
    }

    /// Those and no others, of the people who are not in the directory.
    void disabledOthers(Set<UUID> people) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement disable = connection.prepareStatement("""
                        insert into access_person as known (id, active, sequence)
                        select person, false, 0 from unnest(?::uuid[]) as person
                        on conflict (id) do update set active = false where known.sequence = 0 and known.active
                        """);
                PreparedStatement enable = connection.prepareStatement(
                        "update access_person set active = true where sequence = 0 and not active and id <> all(?)")) {
            disable.setArray(1, connection.createArrayOf("uuid", people.toArray()));
            disable.executeUpdate();
            enable.setArray(1, connection.createArrayOf("uuid", people.toArray()));
            enable.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("who may do what could not be written", failure);
        }
    }

    private void update(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                update.setObject(index + 1, parameters[index]);
            }
            update.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("who may do what could not be written", failure);
        }
    }
}
