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
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
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
            insert into role_definition (code, name, kind, version) values (?, ?, ?, 1)
            on conflict (code) do update
            set name = excluded.name, kind = excluded.kind, version = role_definition.version + 1
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
    void write(RoleDefinition definition) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement write = connection.prepareStatement(WRITE);
                PreparedStatement clear = connection.prepareStatement("delete from role_right where role_code = ?");
                PreparedStatement grant = connection.prepareStatement(
                        "insert into role_right (role_code, preset, department_id, rights) values (?, ?, ?, ?)")) {
            write.setString(1, definition.code());
            write.setString(2, definition.name());
            write.setString(3, definition.kind().name());
            write.executeUpdate();
            clear.setString(1, definition.code());
            clear.executeUpdate();
            for (Map.Entry<Preset, Set<Right>> entry : definition.presets().entrySet()) {
                grant(connection, grant, definition.code(), entry.getKey(), null, entry.getValue());
            }
            for (Map.Entry<UUID, Set<Right>> entry : definition.departments().entrySet()) {
                grant(connection, grant, definition.code(), null, entry.getKey(), entry.getValue());
            }
            grant.executeBatch();
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

    /// @return false when there is none
    @Transactional(Transactional.TxType.MANDATORY)
    boolean delete(String code) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from role_definition where code = ?")) {
            delete.setString(1, code);
            return delete.executeUpdate() > 0;
        } catch (SQLException failure) {
            throw new IllegalStateException("a role could not be deleted", failure);
        }
    }
}
