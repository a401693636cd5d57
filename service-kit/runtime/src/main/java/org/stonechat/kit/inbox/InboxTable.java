package org.stonechat.kit.inbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

/// The last sequence taken in, per consumer and subject.
@ApplicationScoped
class InboxTable {

    /// The last sequences of those subjects that were seen before.
    Map<UUID, Long> lastSequences(Connection connection, String consumer, Set<UUID> subjects) throws SQLException {
        Map<UUID, Long> last = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select subject, last_sequence from inbox where consumer = ? and subject = any(?)"
                        + " order by subject for update")) {
            select.setString(1, consumer);
            select.setArray(2, connection.createArrayOf("uuid", subjects.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    last.put(rows.getObject(1, UUID.class), rows.getLong(2));
                }
            }
        }
        return last;
    }

    /// Moves the subjects on. Another replica that took in the same events at the same time makes this fail,
    /// which rolls everything back; the next try then sees what the other has done.
    void advance(Connection connection, String consumer, Map<UUID, Long> before, Map<UUID, Long> after)
            throws SQLException {
        UUID[] subjects = after.keySet().toArray(UUID[]::new);
        Arrays.sort(subjects);
        Long[] sequences = new Long[subjects.length];
        Long[] expected = new Long[subjects.length];
        for (int i = 0; i < subjects.length; i++) {
            sequences[i] = after.get(subjects[i]);
            expected[i] = before.getOrDefault(subjects[i], 0L);
        }
        Array subjectArray = connection.createArrayOf("uuid", subjects);
        int moved;
        try (PreparedStatement upsert = connection.prepareStatement("""
                        insert into inbox as known (consumer, subject, last_sequence)
                        select ?, heard.subject, heard.sequence
                        from unnest(?::uuid[], ?::bigint[]) as heard (subject, sequence)
                        on conflict (consumer, subject) do update set last_sequence = excluded.last_sequence
                        where known.last_sequence = (
                            select expected.sequence
                            from unnest(?::uuid[], ?::bigint[]) as expected (subject, sequence)
                            where expected.subject = known.subject)
                        """)) {
            upsert.setString(1, consumer);
            upsert.setArray(2, subjectArray);
            upsert.setArray(3, connection.createArrayOf("bigint", sequences));
            upsert.setArray(4, subjectArray);
            upsert.setArray(5, connection.createArrayOf("bigint", expected));
            moved = upsert.executeUpdate();
        }
        if (moved != subjects.length) {
            throw new TransientFailure("another replica took in the same events");
        }
    }

    /// The subjects that have an open dead letter: their later events wait behind it.
    Set<UUID> blocked(Connection connection, String consumer, Set<UUID> subjects) throws SQLException {
        Set<UUID> blocked = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("select distinct subject from dead_letter"
                + " where state = 'OPEN' and consumer = ? and subject = any(?)")) {
            select.setString(1, consumer);
            select.setArray(2, connection.createArrayOf("uuid", subjects.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    blocked.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return blocked;
    }

    void empty(Connection connection, List<String> consumers) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from inbox where consumer = any(?)")) {
            delete.setArray(1, connection.createArrayOf("text", consumers.toArray()));
            delete.executeUpdate();
        }
    }
}
