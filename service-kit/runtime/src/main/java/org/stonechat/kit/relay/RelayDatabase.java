package org.stonechat.kit.relay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// The relay's side of PostgreSQL: publication, slot, advisory locks, and the row that remembers them.
///
/// Connections are its own, outside the pool: a lock lives as long as its session, and a replica must notice
/// within seconds that it lost one.
///
/// Who may replicate may read the whole cluster's log, so the relay has a role apart from the one that the service
/// works with. It reads the event log and keeps its own two tables, nothing else. Only what the owner of the tables
/// has to do, the publication and the grants, is done as the service.
final class RelayDatabase {

    /// Advisory locks are per database, so the numbers need to be unique within a service only.
    private static final long LEADER_LOCK = 0x5354_4f4e_0001L;

    private static final long SETUP_LOCK = 0x5354_4f4e_0002L;

    private static final int PAGE = 1_000;

    private static final Logger LOG = Logger.getLogger(RelayDatabase.class);

    /// What the relay's role does with which table; everything else it has from being allowed to replicate.
    private static final String MISSING_RIGHTS = """
            select needed.item, needed.privilege from (values
                ('domain_event', 'select'),
                ('relay_state', 'select'), ('relay_state', 'insert'), ('relay_state', 'update'),
                ('republish_run', 'select'), ('republish_run', 'insert'), ('republish_run', 'update'))
                as needed (item, privilege)
            where not has_table_privilege(?, needed.item, needed.privilege)
            """;

    private final String url;
    private final Login owner;
    private final Login relay;
    private final String slot;
    private final String publication;

    /// A role and its password.
    record Login(String user, String password) {

        /// Without the password.
        @Override
        public String toString() {
            return user;
        }
    }

    /// @param owner the service's own role, which owns the tables
    /// @param relay the role that may replicate; the same one where an installation has only one
    RelayDatabase(String url, Login owner, Login relay, RelayConfig config) {
        this.url = url;
        this.owner = owner;
        this.relay = relay;
        this.slot = config.slot().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        this.publication = config.publication();
    }

    String slot() {
        return slot;
    }

    String publication() {
        return publication;
    }

    String user() {
        return relay.user();
    }

    String password() {
        return relay.password();
    }

    /// Host, port, database and driver settings, as the driver itself reads them from the address.
    Properties address() {
        Properties address = Driver.parseURL(url, new Properties());
        if (address == null) {
            throw new IllegalStateException("not an address of a PostgreSQL database");
        }
        return address;
    }

    /// @param timeout how long the server may keep silent before the connection counts as broken; zero: for ever
    Connection open(Duration timeout) throws SQLException {
        return open(relay, timeout);
    }

    private Connection open(Login login, Duration timeout) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, login.user());
        PGProperty.PASSWORD.set(properties, login.password());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(properties, 5);
        PGProperty.LOGIN_TIMEOUT.set(properties, 10);
        PGProperty.SOCKET_TIMEOUT.set(properties, Math.toIntExact(timeout.toSeconds()));
        PGProperty.APPLICATION_NAME.set(properties, "stonechat-relay");
        // Not through the DriverManager: it hides drivers from threads with another class loader.
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new IllegalStateException("not an address of a PostgreSQL database");
        }
        return connection;
    }

    /// Makes publication and slot where they are missing; safe to call from every replica at every start.
    ///
    /// A slot that is made here may have had a predecessor whose events were not all read, so making one
    /// always owes a refill from the table. For a new database the table is empty and the refill with it.
    /// What is owed is written down before the slot is made: a crash between the two leaves a slot that is
    /// still to be made, never a gap.
    void prepare() throws SQLException {
        letRelayRead();
        try (Connection connection = open(Duration.ZERO);
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + SETUP_LOCK + ")");
            update(connection, "insert into relay_state (slot) values (?) on conflict do nothing", slot);
            // A database moved to another cluster starts counting transactions anew: the old mark says nothing
            // there.
            update(connection, """
                    update relay_state set relayed_below = '0'
                    where slot = ? and relayed_below > pg_snapshot_xmax(pg_current_snapshot())
                    """, slot);
            boolean published = exists(connection, "select 1 from pg_publication where pubname = ?", publication);
            SlotState state = slotState(connection);
            if (published && state == SlotState.USABLE) {
                return;
            }
            update(
                    connection,
                    "update relay_state set refill_owed = true, refill_until = null, acknowledged_last = '{}' where slot = ?",
                    slot);
            if (state != SlotState.MISSING) {
                // Lost, or older than its publication, which PostgreSQL looks up as it was at the time of each
                // change.
                LOG.warnf("replication slot is of no use any more, making it anew: slot=%s", slot);
                endStreaming(connection);
                query(connection, "select pg_drop_replication_slot(?)", slot);
            }
            if (!published) {
                publish();
            }
            query(connection, "select pg_create_logical_replication_slot(?, 'pgoutput', false, false, true)", slot);
            update(connection, """
                    update relay_state set slot_made_at = current_timestamp,
                           refill_until = pg_snapshot_xmax(pg_current_snapshot())
                    where slot = ?
                    """, slot);
            LOG.infof("replication slot made: slot=%s publication=%s", slot, publication);
        }
    }

    /// Asks first, because a grant of what is granted already writes to the catalogue all the same.
    private void letRelayRead() throws SQLException {
        if (relay.user().equals(owner.user())) {
            return;
        }
        try (Connection connection = open(owner, Duration.ZERO);
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + SETUP_LOCK + ")");
            try (PreparedStatement missing = connection.prepareStatement(MISSING_RIGHTS)) {
                missing.setString(1, relay.user());
                try (ResultSet rows = missing.executeQuery()) {
                    while (rows.next()) {
                        statement.execute("grant " + rows.getString(2) + " on " + rows.getString(1) + " to "
                                + identifier(relay.user()));
                    }
                }
            }
        }
    }

    /// Only the owner of a table may publish it.
    private void publish() throws SQLException {
        try (Connection connection = open(owner, Duration.ZERO);
                Statement statement = connection.createStatement()) {
            statement.execute("create publication "
                    + identifier(publication)
                    + " for table domain_event with (publish = 'insert', publish_via_partition_root = true)");
        }
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private enum SlotState {
        MISSING,
        USABLE,
        LOST
    }

    private SlotState slotState(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                        select database = current_database() and plugin = 'pgoutput',
                               wal_status = 'lost' or invalidation_reason is not null
                        from pg_replication_slots where slot_name = ?
                        """)) {
            select.setString(1, slot);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return SlotState.MISSING;
                }
                if (!row.getBoolean(1)) {
                    throw new IllegalStateException(
                            "the replication slot " + slot + " belongs to something else: set stonechat.relay.slot");
                }
                return row.getBoolean(2) ? SlotState.LOST : SlotState.USABLE;
            }
        }
    }

    /// Ends whoever still streams from the slot: a leader that lost its lock but not yet its stream.
    private void endStreaming(Connection connection) throws SQLException {
        query(
                connection,
                "select pg_terminate_backend(active_pid, 2000) from pg_replication_slots"
                        + " where slot_name = ? and active_pid is not null",
                slot);
    }

    /// A session that may hold the leader's lock.
    Leadership candidate(Duration timeout) throws SQLException {
        Connection connection = open(timeout);
        try (Statement statement = connection.createStatement()) {
            // So that the server lets go of the lock when this machine vanishes without a word.
            statement.execute("set tcp_keepalives_idle = 1");
            statement.execute("set tcp_keepalives_interval = 1");
            statement.execute("set tcp_keepalives_count = 2");
            return new Leadership(connection);
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /// Everything a leader does over the one session that holds its lock; when the session ends, so does its
    /// term. Only one thread uses it.
    final class Leadership implements AutoCloseable {

        private final Connection connection;

        private Leadership(Connection connection) {
            this.connection = connection;
        }

        boolean tryAcquire() throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + LEADER_LOCK + ")")) {
                return row.next() && row.getBoolean(1);
            }
        }

        /// Fails when the session is gone, and with it the lock.
        ///
        /// @return how many bytes of the log the slot has not confirmed yet
        long confirm() throws SQLException {
            try (PreparedStatement select = connection.prepareStatement(
                    "select pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint"
                            + " from pg_replication_slots where slot_name = ?")) {
                select.setString(1, slot);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new SQLException("the replication slot " + slot + " is gone");
                    }
                    return row.getLong(1);
                }
            }
        }

        void endStaleStreaming() throws SQLException {
            endStreaming(connection);
        }

        boolean refillOwed() throws SQLException {
            return exists(connection, "select 1 from relay_state where slot = ? and refill_owed", slot);
        }

        void refilled(String below, long lastPosition) throws SQLException {
            try (PreparedStatement update = connection.prepareStatement("""
                            update relay_state set refill_owed = false, refill_until = null, refills = refills + 1,
                                   relayed_below = greatest(relayed_below, ?::xid8),
                                   last_position = greatest(last_position, ?)
                            where slot = ?
                            """)) {
                update.setString(1, below);
                update.setLong(2, lastPosition);
                update.setString(3, slot);
                update.executeUpdate();
            }
        }

        /// @param below the newest mark whose events and all before them were acknowledged; null when there
        ///              is no new one
        void relayed(@Nullable String below, long lastPosition) throws SQLException {
            try (PreparedStatement update = connection.prepareStatement("""
                            update relay_state set relayed_below = greatest(relayed_below, coalesce(?::xid8, '0'::xid8)),
                                   last_position = greatest(last_position, ?)
                            where slot = ?
                            """)) {
                update.setString(1, below);
                update.setLong(2, lastPosition);
                update.setString(3, slot);
                update.executeUpdate();
            }
        }

        /// Remembers what was acknowledged last, for [#takeAcknowledged()] of the next term.
        void leaveAcknowledged(Set<Long> positions) throws SQLException {
            try (PreparedStatement update =
                    connection.prepareStatement("update relay_state set acknowledged_last = ? where slot = ?")) {
                update.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
                update.setString(2, slot);
                update.executeUpdate();
            }
        }

        /// The positions that the term before acknowledged last; the server may send some of them again.
        Set<Long> takeAcknowledged() throws SQLException {
            try (PreparedStatement select =
                    connection.prepareStatement("select acknowledged_last from relay_state where slot = ?")) {
                select.setString(1, slot);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? new HashSet<>(List.of((Long[]) row.getArray(1).getArray()))
                            : Set.of();
                }
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /// The rows whose sending a lost slot makes uncertain, in the order of their subjects, from one snapshot
    /// of the table. The slot must exist before: what commits after the snapshot comes through the slot.
    Rows owed() throws SQLException {
        return new Rows("""
                transaction_id >= (select relayed_below from relay_state where slot = ?)
                and transaction_id < (select coalesce(refill_until, pg_snapshot_xmax(pg_current_snapshot()))
                                      from relay_state where slot = ?)""", slot);
    }

    /// All rows of a topic in one snapshot.
    Rows ofTopic(String topic) throws SQLException {
        return new Rows("topic = ?", topic);
    }

    /// A reading of the table through a cursor: all that was committed when it began, and nothing later.
    final class Rows implements AutoCloseable {

        private final Connection connection;
        private final String below;
        private final long total;
        private final PreparedStatement select;
        private final ResultSet rows;

        private Rows(String condition, String parameter) throws SQLException {
            connection = open(Duration.ofMinutes(2));
            try {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                below = text("""
                                select least(pg_snapshot_xmin(pg_current_snapshot()),
                                    (select refill_until from relay_state where slot = ?))::text""", slot);
                total = Long.parseLong(text("select count(*)::text from domain_event where " + condition, parameter));
                select = connection.prepareStatement("select "
                        + StoredEvent.COLUMNS
                        + " from domain_event where "
                        + condition
                        + " order by position");
                select.setFetchSize(PAGE);
                bind(select, parameter);
                rows = select.executeQuery();
            } catch (SQLException failure) {
                connection.close();
                throw failure;
            }
        }

        /// Every event of a transaction below this one is among the rows, or was sent before.
        String below() {
            return below;
        }

        long total() {
            return total;
        }

        /// The next page, empty at the end.
        List<StoredEvent> next() throws SQLException {
            List<StoredEvent> page = new ArrayList<>();
            while (page.size() < PAGE && rows.next()) {
                page.add(StoredEvent.from(rows));
            }
            return page;
        }

        private String text(String sql, String parameter) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, parameter);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            }
        }

        /// A condition may name its one parameter more than once.
        private static void bind(PreparedStatement statement, String parameter) throws SQLException {
            for (int place = 1; place <= statement.getParameterMetaData().getParameterCount(); place++) {
                statement.setString(place, parameter);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static void update(Connection connection, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.executeUpdate();
        }
    }

    private static void query(Connection connection, String sql, String parameter) throws SQLException {
        exists(connection, sql, parameter);
    }

    private static boolean exists(Connection connection, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
