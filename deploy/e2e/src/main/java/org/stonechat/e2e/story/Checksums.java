package org.stonechat.e2e.story;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.launcher.Platform;

/// One checksum per table over all databases of a platform: equal checksums mean that nothing in them has
/// changed.
///
/// Every table counts, with every column, unless it is named here with its reason.
public final class Checksums {

    static final List<String> DATABASES = List.of("ticket", "review", "rating", "notification", "analytics");

    /// Work that comes round by the clock, whatever happens: its rows move all the time and mean nothing.
    static final String ROUNDS =
            "('mailbox-poll', 'poll-connection', 'directory-poll', 'presence-check', 'blob-collection',"
                    + " 'notification-purge', 'live-purge', 'idempotency-purge', 'due-work-purge',"
                    + " 'audit-purge', 'reseal-secrets')";

    /// Tables that are left out, and why.
    private static final Map<String, String> LEFT_OUT = Map.of(
            "relay_state", "where the relay stands; a restart moves it, not what it relays",
            "relay_offset", "the relay's own bookmark, likewise",
            "audit_line", "each refusal leaves its mark there, whether or not it is one of a repetition",
            "idempotency_key", "answers kept for a day and then purged, by the clock",
            "mailbox_position", "how far a mailbox was read; it moves past the repeated mail",
            "presence_session", "who is connected at the moment",
            "poll_progress", "how far a review platform was read, and when");

    /// Tables of which a part counts, as the query that reads it; `%s` is the moment before which things may
    /// be purged.
    private static final Map<String, String> IN_PART = Map.of(
            // The leases and times of timers move; that there is work, and what became of it, counts.
            "due_work", "select kind, subject, state, in_doubt from due_work where kind not in " + ROUNDS,
            // The ledger notes that a mail came again, and keeps its bytes under that note: the one trace it leaves.
            "incoming_mail", "select * from incoming_mail where state <> 'DUPLICATE'",
            "notification.blob_reference",
                    "select sha256, owner_kind, owner_id, contact_id, size from blob_reference where owner_id not in"
                            + " (select id from incoming_mail where state = 'DUPLICATE')",
            // The same bytes stored again only renew the time.
            "blob", "select sha256, size from blob",
            // When a walk met a review last moves with every walk.
            "review.review", "select to_jsonb(review) - 'seen_at' as review from review",
            // Kept for a day for streams to resume, then purged.
            "live_event", "select type, payload, created_at from live_event where created_at > '%s'");

    private final Platform platform;
    private final Instant purgedBefore;

    /// @param now everything that is purged by age and older than half a day does not count
    public Checksums(Platform platform, Instant now) {
        this.platform = platform;
        this.purgedBefore = now.minus(Duration.ofHours(12));
    }

    /// @return the number of rows and their checksum by `database.table`
    public Map<String, String> take() {
        Map<String, String> checksums = new TreeMap<>();
        for (String database : DATABASES) {
            try (Connection connection = connect(database)) {
                for (String table : tables(connection)) {
                    checksums.put(database + "." + table, checksum(connection, query(database, table)));
                }
            } catch (SQLException e) {
                throw new Disappointment("the database " + database + " cannot be read: " + e.getMessage(), e);
            }
        }
        return checksums;
    }

    /// What a table is, in words, when it differs between two takings; empty when nothing does.
    public static List<String> differences(Map<String, String> before, Map<String, String> after) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                differences.add(name + ": " + said(before.get(name)) + " became " + said(after.get(name)));
            }
        }
        return differences;
    }

    /// Whether work is under way that may still change something.
    public boolean workIsDue() {
        for (String database : DATABASES) {
            try (Connection connection = connect(database);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select count(*) from due_work where state = 'OPEN' and due_at < now() + interval '15 s'"
                                    + " and kind not in " + ROUNDS)) {
                row.next();
                if (row.getLong(1) > 0) {
                    return true;
                }
            } catch (SQLException e) {
                throw new Disappointment("the database " + database + " cannot be read: " + e.getMessage(), e);
            }
        }
        return false;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                platform.jdbcUrl(database), database, platform.secrets().databasePassword(database));
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select table_name from information_schema.tables where table_schema = 'public'"
                                + " and table_type = 'BASE TABLE' order by table_name");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (!LEFT_OUT.containsKey(row.getString(1))) {
                    tables.add(row.getString(1));
                }
            }
        }
        return tables;
    }

    private String query(String database, String table) {
        String inPart = IN_PART.getOrDefault(database + "." + table, IN_PART.get(table));
        return inPart == null ? "select * from \"" + table + "\"" : inPart.replace("%s", purgedBefore.toString());
    }

    private static String checksum(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*), md5(coalesce(string_agg(counted::text, E'\\n' order by counted::text), ''))"
                                + " from (" + query + ") counted")) {
            row.next();
            return row.getLong(1) + " rows, " + row.getString(2);
        }
    }

    private static String said(@Nullable String checksum) {
        return checksum == null ? "nothing" : checksum;
    }

    /// The tables that are left out with their reasons, for the telling.
    public static Map<String, String> leftOut() {
        return new LinkedHashMap<>(new TreeMap<>(LEFT_OUT));
    }
}
