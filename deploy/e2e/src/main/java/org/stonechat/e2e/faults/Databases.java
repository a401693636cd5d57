package org.stonechat.e2e.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.stonechat.e2e.client.Disappointment;
import org.stonechat.launcher.Platform;

/// What no front door shows, read and never changed.
final class Databases {

    /// Publishing services' databases, with their consumers' beside them.
    static final List<String> ALL = List.of("ticket", "review", "rating", "notification", "analytics");

    private final Platform platform;

    Databases(Platform platform) {
        this.platform = platform;
    }

    /// The last event of every database, for [#committedSince].
    Map<String, Long> positions() {
        Map<String, Long> positions = new HashMap<>();
        for (String database : ALL) {
            read(database, "select coalesce(max(position), 0) from domain_event", List.of(), row -> row.getLong(1))
                    .forEach(position -> positions.put(database, position));
        }
        return positions;
    }

    List<EventLogs.Committed> committedSince(Map<String, Long> positions) {
        List<EventLogs.Committed> committed = new ArrayList<>();
        positions.forEach((database, position) -> committed.addAll(read(
                database,
                "select id, topic, subject, sequence from domain_event where position > ? order by position",
                List.of(position),
                row -> new EventLogs.Committed(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getObject(3, UUID.class),
                        row.getLong(4)))));
        return committed;
    }

    /// Those of these events that were committed at any time.
    List<EventLogs.Committed> committed(Collection<UUID> ids) {
        List<EventLogs.Committed> committed = new ArrayList<>();
        if (ids.isEmpty()) {
            return committed;
        }
        for (String database : ALL) {
            committed.addAll(read(
                    database,
                    "select id, topic, subject, sequence from domain_event where id = any(?)",
                    List.of((Object) ids.toArray(UUID[]::new)),
                    row -> new EventLogs.Committed(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            row.getObject(3, UUID.class),
                            row.getLong(4))));
        }
        return committed;
    }

    /// Subjects whose events are not numbered 1, 2, 3 … without a gap.
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        for (String database : ALL) {
            gaps.addAll(read(
                    database,
                    "select topic, subject, count(*), max(sequence) from domain_event group by topic, subject"
                            + " having count(*) <> max(sequence) or min(sequence) <> 1 limit 20",
                    List.of(),
                    row -> row.getString(1) + " " + row.getString(2) + " has " + row.getLong(3)
                            + " events, and the last is number " + row.getLong(4)));
        }
        return gaps;
    }

    /// Where a service takes only a part of a topic, the condition on it. It says what `knows` and `concerns` of the
    /// service's `EventConsumer` say, which its `ConsumerContractIT` looks after.
    static Optional<String> condition(String database, String topic) {
        try (InputStream file = Databases.class.getResourceAsStream("concerning/" + database + "." + topic + ".sql")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The last sequences of those events that concern a service; it passes by the others, and its inbox does not
    /// know them.
    private Map<UUID, Long> concerning(String condition, String topic, Collection<UUID> subjects) {
        Map<UUID, Long> last = new HashMap<>();
        read(
                "ticket",
                "select subject, max(sequence) from domain_event where topic = ? and subject = any(?) and (\n"
                        + condition + "\n) group by subject",
                List.of(topic, subjects.toArray(UUID[]::new)),
                row -> last.put(row.getObject(1, UUID.class), row.getLong(2)));
        return last;
    }

    /// Subjects of which a service has not taken in the last event.
    ///
    /// @param last the last sequence by topic and subject
    List<String> notTakenIn(Map<String, Map<UUID, Long>> last) {
        List<String> missing = new ArrayList<>();
        for (String database : ALL) {
            List<String> consumers =
                    read(database, "select distinct consumer from inbox", List.of(), row -> row.getString(1));
            for (String topic : consumers) {
                Map<UUID, Long> all = last.getOrDefault(topic, Map.of());
                Map<UUID, Long> expected = condition(database, topic)
                        .map(condition -> concerning(condition, topic, all.keySet()))
                        .orElse(all);
                Map<UUID, Long> taken = new HashMap<>();
                read(
                        database,
                        "select subject, last_sequence from inbox where consumer = ? and subject = any(?)",
                        List.of(topic, expected.keySet().toArray(UUID[]::new)),
                        row -> taken.put(row.getObject(1, UUID.class), row.getLong(2)));
                expected.forEach((subject, sequence) -> {
                    long seen = taken.getOrDefault(subject, 0L);
                    if (seen != sequence) {
                        missing.add("the service of database " + database + " has taken in number " + seen + " of "
                                + topic + " " + subject + ", and there are " + sequence);
                    }
                });
            }
        }
        return missing;
    }

    /// How many tickets carry each subject.
    Map<String, Integer> ticketsBySubject(Instant since) {
        Map<String, Integer> tickets = new HashMap<>();
        read(
                "ticket",
                "select subject, count(*) from ticket where created_at >= ? group by subject",
                List.of(since.atOffset(ZoneOffset.UTC)),
                row -> tickets.put(row.getString(1), row.getInt(2)));
        return tickets;
    }

    /// How many messages each ticket with such a subject holds.
    Map<String, List<Integer>> messagesBySubject(Instant since, String pattern) {
        Map<String, List<Integer>> messages = new HashMap<>();
        read(
                "ticket",
                "select ticket.subject, count(message.id) from ticket"
                        + " left join message on message.ticket_id = ticket.id"
                        + " where ticket.created_at >= ? and ticket.subject like ? group by ticket.id",
                List.of(since.atOffset(ZoneOffset.UTC), pattern),
                row -> messages.computeIfAbsent(row.getString(1), none -> new ArrayList<>())
                        .add(row.getInt(2)));
        return messages;
    }

    /// How many events of each type each ticket has.
    Map<UUID, Map<String, Integer>> eventsOf(Collection<UUID> tickets) {
        Map<UUID, Map<String, Integer>> events = new HashMap<>();
        read(
                "ticket",
                "select subject, type, count(*) from domain_event where topic = 'tickets' and subject = any(?)"
                        + " group by subject, type",
                List.of((Object) tickets.toArray(UUID[]::new)),
                row -> events.computeIfAbsent(row.getObject(1, UUID.class), none -> new HashMap<>())
                        .put(row.getString(2), row.getInt(3)));
        return events;
    }

    /// How often each answer to a messenger may have been posted again, because nobody knew whether it had
    /// arrived: by the answer's id.
    Map<String, Integer> channelDoubts() {
        Map<String, Integer> doubts = new HashMap<>();
        read(
                "ticket",
                "select subject, attempt from due_work where kind = 'channel-send' and in_doubt",
                List.of(),
                row -> doubts.put(row.getString(1), row.getInt(2) - 1));
        return doubts;
    }

    /// What the ticket service holds: tickets made, those among them that were ever solved, and all that are
    /// open now and no aliases.
    record TicketCounts(long created, long solved, long open) {}

    TicketCounts ticketCounts(Instant since, UUID department) {
        return read(
                        "ticket",
                        "select count(*) filter (where recent), count(solved_at) filter (where recent),"
                                + " count(*) filter (where stage_category not in ('SOLVED', 'CLOSED')"
                                + " and merged_into is null)"
                                + " from (select *, created_at >= ? as recent from ticket where department_id = ?) ticket",
                        List.of(since.atOffset(ZoneOffset.UTC), department),
                        row -> new TicketCounts(row.getLong(1), row.getLong(2), row.getLong(3)))
                .getFirst();
    }

    /// The doubts about outgoing mails.
    ///
    /// @param kind REPLY or RATING_REQUEST
    record Outgoing(UUID ticketId, String kind, String state, int doubts) {}

    List<Outgoing> outgoing(Instant since) {
        return read(
                "notification",
                "select ticket_id, kind, state, doubts from outgoing_mail where created_at >= ?",
                List.of(since.atOffset(ZoneOffset.UTC)),
                row -> new Outgoing(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getInt(4)));
    }

    /// A review as it is stored.
    record Stored(UUID id, String externalId, double rating, String title, String text) {}

    List<Stored> reviews(UUID connection) {
        return read(
                "review",
                "select id, external_id, coalesce(rating, 0), coalesce(title, ''), coalesce(body, '') from review"
                        + " where connection_id = ?",
                List.of(connection),
                row -> new Stored(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getDouble(3),
                        row.getString(4),
                        row.getString(5)));
    }

    /// How often each review of a connection was announced as imported.
    Map<UUID, Integer> imported(UUID connection) {
        Map<UUID, Integer> imported = new HashMap<>();
        read(
                "review",
                "select event.subject, count(*) from domain_event event join review on review.id = event.subject"
                        + " where review.connection_id = ? and event.type = 'ReviewImported' group by event.subject",
                List.of(connection),
                row -> imported.put(row.getObject(1, UUID.class), row.getInt(2)));
        return imported;
    }

    /// How many tickets a department has.
    int tickets(UUID department) {
        return read(
                        "ticket",
                        "select count(*) from ticket where department_id = ?",
                        List.of(department),
                        row -> row.getInt(1))
                .getFirst();
    }

    /// How often mails of these tickets may have been sent again.
    Map<UUID, Integer> outgoingDoubts(Collection<UUID> tickets) {
        Map<UUID, Integer> doubts = new HashMap<>();
        read(
                "notification",
                "select ticket_id, sum(doubts)::int from outgoing_mail where ticket_id = any(?) group by ticket_id",
                List.of((Object) tickets.toArray(UUID[]::new)),
                row -> doubts.put(row.getObject(1, UUID.class), row.getInt(2)));
        return doubts;
    }

    /// Pieces of work that are open although their time has come, as sentences.
    List<String> openWork() {
        List<String> open = new ArrayList<>();
        for (String database : ALL) {
            open.addAll(read(
                    database,
                    "select kind, count(*), min(due_at), max(lease_until) from due_work where state = 'OPEN'"
                            + " and due_at < current_timestamp + interval '10 seconds' and kind not in"
                            + " ('mailbox-poll', 'poll-connection', 'directory-poll', 'presence-check') group by kind",
                    List.of(),
                    row -> row.getLong(2) + " of " + row.getString(1) + " in " + database + ", the oldest due "
                            + row.getString(3) + ", leased until " + row.getString(4)));
        }
        return open;
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String database, String query, List<Object> parameters, Reading<T> reading) {
        try (Connection connection = DriverManager.getConnection(
                        platform.jdbcUrl(database), database, platform.secrets().databasePassword(database));
                PreparedStatement select = connection.prepareStatement(query)) {
            connection.setReadOnly(true);
            for (int index = 0; index < parameters.size(); index++) {
                Object parameter = parameters.get(index);
                if (parameter instanceof UUID[] several) {
                    select.setArray(index + 1, connection.createArrayOf("uuid", several));
                } else {
                    select.setObject(index + 1, parameter);
                }
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(reading.of(row));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new Disappointment("the database " + database + " cannot be read: " + e.getMessage(), e);
        }
    }
}
