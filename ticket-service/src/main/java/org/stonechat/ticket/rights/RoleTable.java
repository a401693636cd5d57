package org.stonechat.ticket.rights;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.ticket.department.Preset;

/// The definitions of roles, as they are stored.
@ApplicationScoped
class RoleTable {

    private static final String READ = """
            select d.code, d.name, d.kind, d.version, r.preset, r.department_id, r.rights
            from role_definition d left join role_right r on r.role_code = d.code
            order by d.code
            """;

    private static final String WRITE = """
            insert into role_definition (id, code, name, kind, version, sequence) values (?, ?, ?, ?, 1, 1)
            on conflict (code) do update
            set name = excluded.name, kind = excluded.kind, version = role_definition.version + 1,
                sequence = role_definition.sequence + 1
            returning id, sequence
            """;

    private final DataSource dataSource;

    RoleTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// All of them, by code. There are a handful.
    Map<String, RoleDefinition> read() {
        Map<String, RoleDefinition> definitions = new LinkedHashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(READ);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String code = row.getString(1);
                RoleDefinition definition = definitions.get(code);
                if (definition == null) {
                    definition = new RoleDefinition(
                            code,
                            row.getString(2),
                            RoleKind.valueOf(row.getString(3)),
                            new EnumMap<>(Preset.class),
                            new LinkedHashMap<>(),
                            row.getInt(4));
                    definitions.put(code, definition);
                }
                grant(definition, row.getString(5), row.getObject(6, UUID.class), row.getArray(7));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the roles could not be read", failure);
        }
        return definitions;
    }

    private static void grant(
            RoleDefinition definition, @Nullable String preset, @Nullable UUID department, @Nullable Array names)
            throws SQLException {
        if (names == null) {
            return;
        }
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (String name : (String[]) names.getArray()) {
            rights.add(Right.valueOf(name));
        }
        if (preset != null) {
            definition.presets().put(Preset.valueOf(preset), rights);
        } else {
            definition.departments().put(department, rights);
        }
    }

    @Transactional(Transactional.TxType.MANDATORY)
    RoleLife write(RoleDefinition definition) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement write = connection.prepareStatement(WRITE);
                PreparedStatement clear = connection.prepareStatement("delete from role_right where role_code = ?");
                PreparedStatement grant = connection.prepareStatement(
                        "insert into role_right (role_code, preset, department_id, rights) values (?, ?, ?, ?)")) {
            write.setObject(1, Uuid7.next());
            write.setString(2, definition.code());
            write.setString(3, definition.name());
            write.setString(4, definition.kind().name());
            RoleLife life = life(write).orElseThrow();
            clear.setString(1, definition.code());
            clear.executeUpdate();
            for (Map.Entry<Preset, Set<Right>> entry : definition.presets().entrySet()) {
                grant(connection, grant, definition.code(), entry.getKey(), null, entry.getValue());
            }
            for (Map.Entry<UUID, Set<Right>> entry : definition.departments().entrySet()) {
                grant(connection, grant, definition.code(), null, entry.getKey(), entry.getValue());
            }
            grant.executeBatch();
            return life;
        } catch (SQLException failure) {
            throw new IllegalStateException("a role could not be written", failure);
        }
    }

    private static void grant(
            Connection connection,
            PreparedStatement grant,
            String code,
            @Nullable Preset preset,
            @Nullable UUID department,
            Set<Right> rights)
            throws SQLException {
        grant.setString(1, code);
        grant.setString(2, preset == null ? null : preset.name());
        grant.setObject(3, department);
        grant.setArray(
                4,
                connection.createArrayOf(
                        "text", rights.stream().map(Right::name).toArray()));
        grant.addBatch();
    }

    /// @return empty when there is none
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<RoleLife> delete(String code) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(
                        "delete from role_definition where code = ? returning id, sequence + 1")) {
            delete.setString(1, code);
            return life(delete);
        } catch (SQLException failure) {
            throw new IllegalStateException("a role could not be deleted", failure);
        }
    }

    /// Begins a turn in which it is told as it stands; empty when it has been deleted meanwhile.
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<RoleLife> next(String code) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement next = connection.prepareStatement(
                        "update role_definition set sequence = sequence + 1 where code = ? returning id, sequence")) {
            next.setString(1, code);
            return life(next);
        } catch (SQLException failure) {
            throw new IllegalStateException("a role could not be told", failure);
        }
    }

    private static Optional<RoleLife> life(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new RoleLife(row.getObject(1, UUID.class), row.getLong(2)))
                    : Optional.empty();
        }
    }
}
