package org.stonechat.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// A PostgreSQL server on this machine, listening on 127.0.0.1 alone, with its data in one directory.
///
/// The server's main process is a direct child, so it can be killed without warning and started again on the
/// same data. Passwords are checked with SCRAM. What was committed survives a kill and a power cut, except
/// with [Durability#FOR_TESTS].
public final class LocalPostgres implements AutoCloseable {

    /// How much the server does so that a commit is not lost.
    public enum Durability {
        /// Everything: what a production server does.
        FULL(List.of("fsync = on", "synchronous_commit = on", "full_page_writes = on")),
        /// Commits survive the server's crash, not the machine's. Only where the data is thrown away
        /// afterwards.
        FOR_TESTS(List.of("fsync = off", "synchronous_commit = off", "full_page_writes = off"));

        private final List<String> settings;

        Durability(List<String> settings) {
            this.settings = settings;
        }
    }

    public static final String SUPERUSER = "postgres";

    private static final String SUPERUSER_DATABASE = "postgres";

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final String STILL_IN_USE = "still in use";

    /// What the settings that commits depend on may be.
    private static final Map<String, Set<String>> DURABLE = new TreeMap<>(Map.of(
            "fsync", Set.of("on"),
            "full_page_writes", Set.of("on"),
            "synchronous_commit", Set.of("on", "remote_write", "remote_apply")));

    /// The word `replication` in the place of a database means connections that belong to none and read the log of
    /// all; those of a relay belong to its database.
    private static final List<String> WHO_MAY_CONNECT = List.of(
            "# Written at every start.",
            "# type  database     user  address       method",
            "host    replication  all   0.0.0.0/0     reject",
            "host    replication  all   ::0/0         reject",
            "host    all          all   127.0.0.1/32  scram-sha-256");

    private final Path programs;
    private final Path data;
    private final int port;
    private final String superuserPassword;
    private final Durability durability;
    private final Unprivileged unprivileged;
    private final ChildProcess process;

    private LocalPostgres(
            Path programs, Path data, int port, String superuserPassword, Durability durability, Path log) {
        this.programs = programs;
        this.data = data.toAbsolutePath();
        this.port = port;
        this.superuserPassword = superuserPassword;
        this.durability = durability;
        this.unprivileged = Unprivileged.ofThisUser();
        this.process = new ChildProcess("PostgreSQL", log);
    }

    /// A server that is prepared and started later. The programs are unpacked below `distributions` unless
    /// they are there already; the data directory is made at the first [#prepare()].
    public static LocalPostgres in(
            Path distributions, Path data, int port, String superuserPassword, Durability durability, Path log) {
        Path programs = PostgresArchive.ofThisMachine().unpackBelow(distributions.toAbsolutePath());
        return new LocalPostgres(programs, data, port, superuserPassword, durability, log);
    }

    /// A running server on a free port for the tests of this JVM, thrown away when the JVM ends.
    public static LocalPostgres forTests() {
        TestDirectory directory = TestDirectory.create("postgres");
        LocalPostgres postgres = in(
                TestDirectory.sharedDistributions(),
                directory.path().resolve("data"),
                Ports.free(),
                SUPERUSER,
                Durability.FOR_TESTS,
                directory.path().resolve("postgres.log"));
        directory.deleteAtExitAfter(() -> postgres.process.stop("QUIT", STOP_PATIENCE));
        postgres.start();
        directory.belongsTo(postgres.pid());
        return postgres;
    }

    /// Makes everything ready for [#command()]: the data directory, the settings, no left-over of a crashed
    /// server.
    public void prepare() {
        try {
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                initialise();
            }
            writeSettings();
            removeStalePidFile();
        } catch (IOException e) {
            throw new PartFailure("PostgreSQL's data in " + data + " cannot be prepared: " + e.getMessage(), e);
        }
    }

    /// The command line of the server's main process, for callers that keep the process themselves. It stays
    /// in the foreground and logs to standard error. `INT` stops it fast and cleanly; `TERM` would wait for
    /// its clients.
    public List<String> command() {
        return unprivileged.wrap(List.of(programs.resolve("bin/postgres").toString(), "-D", data.toString()));
    }

    /// Prepares the data, checks the port, starts the server and returns when it answers.
    public void start() {
        if (!Ports.isFree(port)) {
            throw new PartFailure("Port "
                    + port
                    + " for PostgreSQL is taken"
                    + Ports.listenerOn(port)
                            .map(owner -> " by process " + owner.pid())
                            .orElse("")
                    + ".");
        }
        prepare();
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        long logBefore;
        do {
            logBefore = process.logSize();
            process.start(command());
            if (Processes.await(START_PATIENCE, () -> !process.isRunning() || answers()) && process.isRunning()) {
                return;
            }
            // Children of a killed server hold its memory until they notice; then the next attempt succeeds.
        } while (System.nanoTime() < end && logSince(logBefore).contains(STILL_IN_USE));
        process.kill();
        throw new PartFailure("PostgreSQL does not start; its log ends with:\n" + process.lastLines());
    }

    /// Stops the server: running transactions are rolled back, a checkpoint is written.
    public void stop() {
        process.stop("INT", STOP_PATIENCE);
    }

    /// Ends the server without warning, as `kill -9` does.
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    /// Where a database of this server is, for JDBC.
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    /// True when the server accepts the superuser's connection now.
    public boolean answers() {
        try (Connection connection = connect(SUPERUSER_DATABASE)) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /// A connection of the superuser.
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", superuserPassword);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "5");
        // Not through DriverManager: it sees only drivers of the caller's class loader, and Quarkus tests have
        // several.
        Connection connection = new Driver().connect(jdbcUrl(database), properties);
        if (connection == null) {
            throw new SQLException("not a PostgreSQL address: " + jdbcUrl(database));
        }
        return connection;
    }

    /// Asks the running server whether it loses no commit. It reads more than the settings that are written
    /// here: what somebody changed with `alter system` goes before them.
    ///
    /// @throws PartFailure when a commit could be lost
    public void requireDurable() {
        try (Connection connection = connect(SUPERUSER_DATABASE);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, Set<String>> wanted : DURABLE.entrySet()) {
                String value = show(statement, wanted.getKey());
                if (!wanted.getValue().contains(value)) {
                    throw new PartFailure("PostgreSQL runs with " + wanted.getKey() + " = " + value
                            + ", which can lose what was committed: take that setting out of "
                            + data.resolve("postgresql.auto.conf") + ".");
                }
            }
        } catch (SQLException e) {
            throw new PartFailure("PostgreSQL does not say whether it is durable: " + e.getMessage(), e);
        }
    }

    private static String show(Statement statement, String setting) throws SQLException {
        try (ResultSet result = statement.executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }

    /// Makes a role with login and a database of the same name that it owns and that nobody else may connect to.
    /// What exists stays; the password becomes the given one, and a role that might replicate, as those of earlier
    /// versions did, might no longer.
    public void createRoleAndDatabase(String role, String password) {
        requireName(role);
        try (Connection connection = connect(SUPERUSER_DATABASE);
                Statement statement = connection.createStatement()) {
            createRole(connection, role, "noreplication", password);
            if (!exists(connection, "select 1 from pg_database where datname = ?", role)) {
                statement.execute("create database " + role + " owner " + role);
            }
            // Those that are not a service's have no guests either.
            for (String database : List.of(role, SUPERUSER_DATABASE, "template1")) {
                statement.execute("revoke all on database " + database + " from public");
            }
        } catch (SQLException e) {
            throw new PartFailure("The database " + role + " could not be made: " + e.getMessage(), e);
        }
    }

    /// Makes the role that a database's relay reads its event log with: it may replicate and may connect to that
    /// database. What it may do there the owner grants, who makes the tables. PostgreSQL knows no smaller right to
    /// replicate than one that covers the log of all databases, so nobody but the relay gets this password.
    ///
    /// @param database made before by [#createRoleAndDatabase(String, String)]
    /// @return its name
    public String createRelayRole(String database, String password) {
        requireName(database);
        String role = relayRole(database);
        try (Connection connection = connect(SUPERUSER_DATABASE);
                Statement statement = connection.createStatement()) {
            createRole(connection, role, "replication", password);
            statement.execute("grant connect on database " + database + " to " + role);
        } catch (SQLException e) {
            throw new PartFailure("The role " + role + " could not be made: " + e.getMessage(), e);
        }
        return role;
    }

    /// The name of the role of a database's relay.
    public static String relayRole(String database) {
        return database + "_relay";
    }

    private static void createRole(Connection connection, String role, String replication, String password)
            throws SQLException {
        boolean there = exists(connection, "select 1 from pg_roles where rolname = ?", role);
        try (Statement statement = connection.createStatement()) {
            statement.execute((there ? "alter" : "create") + " role " + role + " login " + replication + " password "
                    + statement.enquoteLiteral(password));
        }
    }

    private static void requireName(String role) {
        if (!role.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("not a role name: " + role);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private void initialise() throws IOException {
        if (Files.isDirectory(data)) {
            // Left by an attempt that did not finish: initdb refuses a directory with something in it.
            PostgresArchive.delete(data);
        }
        Files.createDirectories(
                data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        unprivileged.own(data);
        Path passwordFile = Files.createTempFile("stonechat", ".password");
        try {
            Files.writeString(passwordFile, superuserPassword);
            unprivileged.own(passwordFile);
            String failure = initdb(passwordFile, "C.UTF-8");
            if (failure != null) {
                // Some systems do not know C.UTF-8; PostgreSQL's own provider compares and folds letters all the
                // same.
                failure = initdb(passwordFile, "C");
            }
            if (failure != null) {
                throw new PartFailure("PostgreSQL's data directory could not be made: " + failure);
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private @Nullable String initdb(Path passwordFile, String locale) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bin/initdb").toString(),
                "--pgdata=" + data,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=" + locale));
        if (durability == Durability.FOR_TESTS) {
            command.add("--no-sync");
        }
        Process initdb = new ProcessBuilder(unprivileged.wrap(command))
                .redirectErrorStream(true)
                .start();
        String output = new String(initdb.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (!initdb.waitFor(2, TimeUnit.MINUTES)) {
                initdb.destroyForcibly();
                return "it took longer than two minutes";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            initdb.destroyForcibly();
            throw new PartFailure("Interrupted while making PostgreSQL's data directory.", e);
        }
        return initdb.exitValue() == 0 ? null : output.strip();
    }

    private void writeSettings() throws IOException {
        List<String> settings = new ArrayList<>(List.of(
                "# Written at every start. Settings of your own belong into postgresql.auto.conf (alter system).",
                "listen_addresses = '127.0.0.1'",
                "port = " + port,
                "unix_socket_directories = ''",
                "password_encryption = 'scram-sha-256'",
                "wal_level = logical",
                "max_wal_senders = 40",
                "max_replication_slots = 40",
                "max_slot_wal_keep_size = 4GB",
                "max_connections = 300",
                "shared_buffers = 208MB",
                "max_wal_size = 2GB",
                "timezone = 'UTC'",
                "log_timezone = 'UTC'",
                "log_line_prefix = '%m [%p] %q%u@%d '"));
        settings.addAll(durability.settings);
        Files.write(data.resolve("postgresql.conf"), settings);
        unprivileged.own(data.resolve("postgresql.conf"));
        Files.write(data.resolve("pg_hba.conf"), WHO_MAY_CONNECT);
        unprivileged.own(data.resolve("pg_hba.conf"));
    }

    /// After a crash of the machine the file may name a process id that something else has by now; PostgreSQL
    /// would then refuse to start. A server that really runs on this data keeps its file.
    private void removeStalePidFile() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> owner = lines.isEmpty()
                ? Optional.empty()
                : postgresProcess(lines.getFirst().strip());
        if (owner.isPresent()) {
            throw new PartFailure(
                    "A PostgreSQL server (process " + owner.get().pid() + ") runs on " + data + " already.");
        }
        Files.delete(pidFile);
    }

    private static Optional<ProcessHandle> postgresProcess(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .command()
                            .map(command -> command.endsWith("/postgres"))
                            .orElse(false));
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    private String logSince(long offset) {
        try {
            byte[] all = Files.readAllBytes(process.log());
            return new String(all, (int) offset, (int) (all.length - offset), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
