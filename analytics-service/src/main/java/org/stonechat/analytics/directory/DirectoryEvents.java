package org.stonechat.analytics.directory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.analytics.report.Freshness;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;

/// Keeps the names of departments, teams and agents.
@ApplicationScoped
class DirectoryEvents implements EventConsumer {

    private final DataSource dataSource;
    private final Freshness freshness;

    DirectoryEvents(DataSource dataSource, Freshness freshness) {
        this.dataSource = dataSource;
        this.freshness = freshness;
    }

    @Override
    public String topic() {
        return "directory";
    }

    @Override
    public boolean rebuildable() {
        return true;
    }

    @Override
    public void reset() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from directory_name");
            freshness.forget(connection, topic());
        } catch (SQLException failure) {
            throw new IllegalStateException("the projection of " + topic() + " could not be emptied", failure);
        }
    }

    record Defined(UUID id, @Nullable String name) {}

    record Person(@Nullable String displayName) {}

    @Override
    public void handle(ReceivedEvent event) {
        String name = switch (event.type()) {
            case "DepartmentDefined", "TeamDefined" ->
                event.dataAs(Defined.class).name();
            case "AgentDefined" -> event.personalAs(Person.class).displayName();
            default -> null;
        };
        try (Connection connection = dataSource.getConnection()) {
            if (name != null) {
                store(connection, event, name);
            }
            freshness.note(connection, topic(), List.of(event));
        } catch (SQLException failure) {
            throw new IllegalStateException("a directory event could not be projected", failure);
        }
    }

    private static void store(Connection connection, ReceivedEvent event, String name) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("insert into directory_name (id, kind, name) values (?, ?, ?)"
                        + " on conflict (id) do update set name = excluded.name")) {
            upsert.setObject(1, event.subject());
            upsert.setString(2, event.type());
            upsert.setString(3, name);
            upsert.executeUpdate();
        }
    }
}
