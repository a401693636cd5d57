package org.stonechat.testing.previous;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// The rows of a service's database as text, Flyway's own history first: PostgreSQL's `COPY`, a line `table
/// …` before each table and `\.` behind it, and where its sequences stand. The schema is not in it, because
/// the migrations named in the history make it again.
public final class DatabaseCopy {

    private static final String HISTORY = "flyway_schema_history";
    private static final String END = "\\.";

    /// As Flyway makes it.
    private static final String CREATE_HISTORY = """
            create table flyway_schema_history (
                installed_rank int           not null constraint flyway_schema_history_pk primary key,
                version        varchar(50),
                description    varchar(200)  not null,
                type           varchar(20)   not null,
                script         varchar(1000) not null,
                checksum       int,
                installed_by   varchar(100)  not null,
                installed_on   timestamp     not null default now(),
                execution_time int           not null,
                success        boolean       not null);
            create index flyway_schema_history_s_idx on flyway_schema_history (success)
            """;

    private record Table(String name, String columns, List<String> rows) {}

    private record Copy(Map<String, Table> tables, Map<String, Long> sequences) {}

    private DatabaseCopy() {}

    /// @param connection as somebody who may read every table
    public static void write(Connection connection, Writer out) throws SQLException, IOException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        for (String table : tables(connection)) {
            String columns = columns(connection, table);
            StringWriter rows = new StringWriter();
            copies.copyOut("copy (select " + columns + " from " + table + " order by 1) to stdout", rows);
            if (!rows.toString().isEmpty()) {
                out.write("table " + table + " (" + columns + ")\n" + rows + END + "\n");
            }
        }
        try (PreparedStatement select = connection.prepareStatement("""
                        select 'sequence ' || schemaname || '.' || sequencename || ' ' || last_value
                        from pg_sequences where schemaname = 'public' and last_value is not null
                        """)) {
            for (String sequence : texts(select)) {
                out.write(sequence + "\n");
            }
        }
    }

    /// Applies the recorded migrations and puts the rows in, into an empty database.
    ///
    /// @param migrations the text of a migration by the name of its file
    static void restore(Reader in, Connection owner, Connection superuser, UnaryOperator<String> migrations)
            throws SQLException, IOException {
        Copy copy = read(in);
        Map<String, Table> tables = copy.tables();
        Table history = tables.get(HISTORY);
        if (history == null) {
            throw new IllegalStateException("the copy names no migrations");
        }
        int script = Arrays.asList(history.columns().split(", ")).indexOf("script");
        try (Statement statement = owner.createStatement()) {
            for (String row : history.rows()) {
                statement.execute(migrations.apply(row.split("\t", -1)[script]));
            }
            statement.execute(CREATE_HISTORY);
        }
        try (Statement statement = superuser.createStatement()) {
            // Rows come table by table, whatever refers to what, and no trigger acts on them again.
            statement.execute("set session_replication_role = replica");
            statement.execute("truncate " + String.join(", ", tables.keySet()) + " cascade");
            CopyManager copies = superuser.unwrap(PGConnection.class).getCopyAPI();
            for (Table table : tables.values()) {
                copies.copyIn(
                        "copy " + table.name() + " (" + table.columns() + ") from stdin",
                        new StringReader(String.join("\n", table.rows()) + "\n"));
            }
            statement.execute("set session_replication_role = default");
        }
        try (PreparedStatement move = superuser.prepareStatement("select setval(?::regclass, ?)")) {
            for (Map.Entry<String, Long> sequence : copy.sequences().entrySet()) {
                move.setString(1, sequence.getKey());
                move.setLong(2, sequence.getValue());
                move.execute();
            }
        }
    }

    private static Copy read(Reader in) throws IOException {
        Map<String, Table> tables = new LinkedHashMap<>();
        Map<String, Long> sequences = new LinkedHashMap<>();
        BufferedReader lines = new BufferedReader(in);
        Table current = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (current == null && line.startsWith("sequence ")) {
                String[] words = line.split(" ", -1);
                sequences.put(words[1], Long.valueOf(words[2]));
            } else if (current == null) {
                int open = line.indexOf(" (");
                String name = line.substring("table ".length(), open);
                current = new Table(name, line.substring(open + 2, line.length() - 1), new ArrayList<>());
                tables.put(name, current);
            } else if (line.equals(END)) {
                current = null;
            } else {
                current.rows().add(line);
            }
        }
        return new Copy(tables, sequences);
    }

    private static List<String> tables(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                        select c.oid::regclass::text from pg_class c
                        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                        order by c.relname <> ?, c.relname
                        """)) {
            select.setString(1, HISTORY);
            return texts(select);
        }
    }

    /// Those that are stored as given; what the database makes of them it makes again.
    private static String columns(Connection connection, String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                        select quote_ident(attname) from pg_attribute
                        where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = ''
                        order by attnum
                        """)) {
            select.setString(1, table);
            return String.join(", ", texts(select));
        }
    }

    private static List<String> texts(PreparedStatement select) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                @Nullable String text = rows.getString(1);
                texts.add(String.valueOf(text));
            }
        }
        return texts;
    }
}
