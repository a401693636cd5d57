package org.stonechat.testing.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.PermanentFailure;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.kit.inbox.TransientFailure;

/// Notes each event it was given, and fails on demand.
@ApplicationScoped
public class ThingEvents implements EventConsumer {

    private final DataSource dataSource;
    final Set<UUID> refused = ConcurrentHashMap.newKeySet();
    final AtomicInteger failuresThatPass = new AtomicInteger();

    ThingEvents(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void refuse(UUID subject) {
        refused.add(subject);
    }

    void mend(UUID subject) {
        refused.remove(subject);
    }

    void failForAWhile(int times) {
        failuresThatPass.set(times);
    }

    @Override
    public String topic() {
        return "things";
    }

    @Override
    public boolean knows(String type) {
        return !type.equals("ThingForgotten");
    }

    @Override
    public boolean concerns(ReceivedEvent event) {
        return !event.data().path("foreign").asBoolean();
    }

    @Override
    public boolean rebuildable() {
        return true;
    }

    @Override
    public void reset() {
        run("delete from effect", null, 0);
    }

    @Override
    public void handle(ReceivedEvent event) {
        run(
                "insert into effect (subject, sequence) values (?, ?)"
                        + " on conflict (subject, sequence) do update set times = effect.times + 1",
                event.subject(),
                event.sequence());
        if (refused.contains(event.subject()) && event.sequence() == 2) {
            throw new PermanentFailure("this thing is refused");
        }
        if (failuresThatPass.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new TransientFailure("away for a moment");
        }
    }

    private void run(String sql, @org.jspecify.annotations.Nullable UUID subject, long sequence) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (subject != null) {
                statement.setObject(1, subject);
                statement.setLong(2, sequence);
            }
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
