package org.stonechat.e2e.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Disappointment;

/// The floor under the creation of tickets: the same rows, written by plain JDBC in one durable transaction
/// each.
///
/// Which rows those are is read from the database: all that the transaction of one real creation wrote. They
/// go to a scratch schema whose tables have the same columns, constraints and indexes, with new ids in place
/// of the old ones.
final class TicketFloor implements AutoCloseable {

    private static final String SCHEMA = "bench_floor";

    private final Database database;
    private final InstantSource clock;
    private final AtomicLong number = new AtomicLong();
    private final List<Row> rows;
    private final List<UUID> ids;

    private record Column(String name, String type) {

        /// The driver's own array objects belong to the connection they were read from.
        boolean isArray() {
            return type.startsWith("_");
        }
    }

    /// @param values as the driver gave them, arrays as text
    private record Row(String table, List<Column> columns, List<@Nullable Object> values) {

        String insert() {
            return "insert into " + SCHEMA + "." + table + " (" + names(columns) + ") values ("
                    + columns.stream()
                            .map(column -> column.isArray() ? "?::" + column.type() : "?")
                            .collect(Collectors.joining(", "))
                    + ")";
        }

        @Nullable
        Object id() {
            return columns.getFirst().name().equals("id") ? values.getFirst() : null;
        }
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(column -> '"' + column.name() + '"').collect(Collectors.joining(", "));
    }

    private TicketFloor(Database database, InstantSource clock, List<Row> rows) {
        this.database = database;
        this.clock = clock;
        this.rows = rows;
        this.ids = rows.stream()
                .map(Row::id)
                .filter(UUID.class::isInstance)
                .map(UUID.class::cast)
                .toList();
    }

    /// @param ticket a ticket that nothing has touched since it was created
    static TicketFloor like(UUID ticket, Database database, InstantSource clock) {
        List<Row> rows = database.use(connection -> {
            List<Row> written = writtenWith(ticket, connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop schema if exists " + SCHEMA + " cascade");
                statement.execute("create schema " + SCHEMA);
                for (String table : written.stream().map(Row::table).distinct().toList()) {
                    statement.execute(
                            "create table " + SCHEMA + "." + table + " (like public." + table + " including all)");
                }
            }
            return written;
        });
        return new TicketFloor(database, clock, rows);
    }

    private static List<Row> writtenWith(UUID ticket, Connection connection) throws SQLException {
        String transaction = text(connection, "select xmin::text from ticket where id = '" + ticket + "'");
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, List<Column>> table : tables(connection).entrySet()) {
            List<Column> columns = table.getValue();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select " + names(columns) + " from public." + table.getKey()
                            + " where xmin::text = '" + transaction + "' order by ctid")) {
                while (row.next()) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int column = 1; column <= columns.size(); column++) {
                        values.add(columns.get(column - 1).isArray() ? row.getString(column) : row.getObject(column));
                    }
                    rows.add(new Row(table.getKey(), columns, values));
                }
            }
        }
        return rows;
    }

    /// The tables with those of their columns that an insert gives values to.
    private static Map<String, List<Column>> tables(Connection connection) throws SQLException {
        Map<String, List<Column>> tables = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select c.table_name, c.column_name, c.udt_name from information_schema.columns c
                        join information_schema.tables t using (table_schema, table_name)
                        where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
                          and c.is_generated = 'NEVER' and c.is_identity = 'NO'
                          and (c.udt_name <> 'xid8' or c.column_default is null)
                        order by c.table_name, c.ordinal_position
                        """)) {
            while (row.next()) {
                tables.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                        .add(new Column(row.getString(2), row.getString(3)));
            }
        }
        return tables;
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new Disappointment("the ticket whose creation is the floor's example is gone");
            }
            return row.getString(1);
        }
    }

    /// What one creation writes, in words: "domain_event, message, ticket".
    String written() {
        return String.join(", ", rows.stream().map(Row::table).toList());
    }

    Load.Outcome measure(int connections, Duration time) {
        return Load.during(time, connections, client -> new Writer(database.open()));
    }

    private final class Writer implements Load.Client {

        private final Connection connection;
        private final List<PreparedStatement> inserts = new ArrayList<>();

        Writer(Connection connection) throws SQLException {
            this.connection = connection;
            connection.setAutoCommit(false);
            for (Row row : rows) {
                inserts.add(connection.prepareStatement(row.insert()));
            }
        }

        @Override
        public void once() throws SQLException {
            Map<Object, Object> fresh = new HashMap<>();
            for (UUID id : ids) {
                UUID instead = timeOrdered();
                fresh.put(id, instead);
                fresh.put(id.toString(), instead.toString());
            }
            for (int i = 0; i < rows.size(); i++) {
                write(rows.get(i), inserts.get(i), fresh);
            }
            connection.commit();
        }

        private void write(Row row, PreparedStatement insert, Map<Object, Object> fresh) throws SQLException {
            for (int column = 0; column < row.columns().size(); column++) {
                Object value = row.values().get(column);
                boolean ticketNumber = row.table().equals("ticket")
                        && row.columns().get(column).name().equals("number");
                if (ticketNumber) {
                    insert.setLong(column + 1, number.incrementAndGet());
                } else {
                    insert.setObject(column + 1, value == null ? null : fresh.getOrDefault(value, value));
                }
            }
            insert.executeUpdate();
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new Disappointment("a connection of the floor does not close: " + e.getMessage(), e);
            }
        }
    }

    /// A UUID of version 7, so that the floor's indexes grow at one end as the platform's do.
    private UUID timeOrdered() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (clock.millis() << 16) | 0x7000 | random.nextInt(0x1000);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    @Override
    public void close() {
        database.use(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("drop schema if exists " + SCHEMA + " cascade");
            }
        });
    }
}
