package org.stonechat.parts;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGProperty;
import org.stonechat.parts.LocalPostgres.Durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class LocalPostgresIT {

    @TempDir
    private Path directory;

    private LocalPostgres postgres;

    @BeforeEach
    void prepareServer() {
        postgres = at(Ports.free());
    }

    @AfterEach
    void stopServer() {
        postgres.close();
    }

    @Test
    void shouldRunWithSettingsThatLoseNoCommit() throws SQLException {
        postgres.start();

        assertThat(show("fsync")).isEqualTo("on");
        assertThat(show("synchronous_commit")).isEqualTo("on");
        assertThat(show("full_page_writes")).isEqualTo("on");
        assertThat(show("wal_level")).isEqualTo("logical");
        assertThat(show("max_slot_wal_keep_size")).isEqualTo("4GB");
        assertThat(show("server_encoding")).isEqualTo("UTF8");
        assertThat(show("server_version")).startsWith("18.");
    }

    @Test
    void shouldRefuseSettingsThatCanLoseACommit() throws SQLException {
        postgres.start();

        assertThatCode(postgres::requireDurable).doesNotThrowAnyException();
        for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            set(setting, "off");
            assertThatThrownBy(postgres::requireDurable)
                    .isInstanceOf(PartFailure.class)
                    .hasMessage("PostgreSQL runs with " + setting
                            + " = off, which can lose what was committed: take that setting out of "
                            + directory.resolve("data/postgresql.auto.conf") + ".");
            set(setting, "on");
        }
        set("synchronous_commit", "local");
        assertThatThrownBy(postgres::requireDurable)
                .isInstanceOf(PartFailure.class)
                .hasMessageContaining("synchronous_commit = local");
        set("synchronous_commit", "remote_apply");
        assertThatCode(postgres::requireDurable).doesNotThrowAnyException();
    }

    @Test
    void shouldHoldCommittedRowsAfterBeingKilled() throws SQLException {
        postgres.start();
        execute("create table line (text text)");
        execute("insert into line values ('committed')");

        postgres.kill();
        assertThat(postgres.answers()).isFalse();
        postgres.start();

        assertThat(query("select text from line")).isEqualTo("committed");
    }

    @Test
    void shouldHoldEverythingAfterACleanRestart() throws SQLException {
        postgres.start();
        postgres.createRoleAndDatabase("ticket", "secret");
        postgres.stop();

        postgres.start();
        postgres.createRoleAndDatabase("ticket", "another secret");

        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl("ticket"), "ticket", "another secret");
                Statement statement = connection.createStatement()) {
            statement.execute("create extension if not exists pg_trgm");
            assertThat(statement.execute("create table owned (id int)")).isFalse();
        }
    }

    @Test
    void shouldRefuseConnectionsForPhysicalReplication() throws SQLException {
        postgres.start();
        postgres.createRoleAndDatabase("rating", "secret");
        String relay = postgres.createRelayRole("rating", "of the relay");

        for (Login login : List.of(
                new Login("rating", "secret"),
                new Login(relay, "of the relay"),
                new Login(LocalPostgres.SUPERUSER, "admin"))) {
            assertThatThrownBy(() -> replicate("rating", login, "true"))
                    .as(login.role())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("pg_hba.conf rejects replication connection");
        }
    }

    @Test
    void shouldLetOnlyTheRelayReplicateAndOnlyItsOwnDatabase() throws SQLException {
        postgres.start();
        postgres.createRoleAndDatabase("rating", "secret");
        postgres.createRoleAndDatabase("ticket", "secret");
        Login relay = new Login(postgres.createRelayRole("rating", "of the relay"), "of the relay");

        try (Connection stream = replicate("rating", relay, "database")) {
            assertThat(stream.isValid(5)).isTrue();
        }
        assertThatThrownBy(() -> replicate("rating", new Login("rating", "secret"), "database"))
                .hasMessageContaining("permission denied to start WAL sender");
        assertThatThrownBy(() -> replicate("ticket", relay, "database"))
                .hasMessageContaining("permission denied for database \"ticket\"");
    }

    @Test
    void shouldLetARoleConnectToItsOwnDatabaseAlone() throws SQLException {
        postgres.start();
        postgres.createRoleAndDatabase("rating", "secret");
        postgres.createRoleAndDatabase("ticket", "secret");
        String relay = postgres.createRelayRole("rating", "of the relay");

        connect("rating", new Login("rating", "secret")).close();
        connect("rating", new Login(relay, "of the relay")).close();
        for (String other : List.of("ticket", "postgres", "template1")) {
            for (Login login : List.of(new Login("rating", "secret"), new Login(relay, "of the relay"))) {
                assertThatThrownBy(() -> connect(other, login))
                        .as(login.role() + " to " + other)
                        .hasMessageContaining("permission denied for database \"" + other + "\"");
            }
        }
    }

    @Test
    void shouldTakeFromTheRolesOfAnEarlierVersionWhatTheyNeedNoLonger() throws Exception {
        postgres.start();
        execute("create role rating login replication password 'secret'");
        execute("create database rating owner rating");
        Files.writeString(directory.resolve("data/pg_hba.conf"), "host replication all 127.0.0.1/32 scram-sha-256\n");
        postgres.stop();

        postgres.start();
        postgres.createRoleAndDatabase("rating", "secret");
        Login relay = new Login(postgres.createRelayRole("rating", "of the relay"), "of the relay");
        postgres.createRelayRole("rating", "of the relay");

        assertThat(query("select string_agg(rolname, ', ') from pg_roles where rolreplication and not rolsuper"))
                .isEqualTo("rating_relay");
        assertThatThrownBy(() -> replicate("rating", relay, "true"))
                .hasMessageContaining("pg_hba.conf rejects replication connection");
        replicate("rating", relay, "database").close();
    }

    private record Login(String role, String password) {}

    private Connection connect(String database, Login login) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(database), login.role(), login.password());
    }

    /// @param kind `database` for the changes of one database, `true` for the log of all
    private Connection replicate(String database, Login login, String kind) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, login.role());
        PGProperty.PASSWORD.set(properties, login.password());
        PGProperty.REPLICATION.set(properties, kind);
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "17");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return DriverManager.getConnection(postgres.jdbcUrl(database), properties);
    }

    @Test
    void shouldRefuseAWrongPassword() {
        postgres.start();
        postgres.createRoleAndDatabase("ticket", "secret");

        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl("ticket"), "ticket", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void shouldStartWhenTheProcessNumberOfACrashedServerBelongsToSomethingElse() throws Exception {
        postgres.start();
        postgres.kill();
        Path pidFile = directory.resolve("data/postmaster.pid");
        String stale = Files.readString(pidFile)
                .replaceFirst("\\d+", Long.toString(ProcessHandle.current().pid()));
        Files.writeString(pidFile, stale);

        postgres.start();

        assertThat(postgres.answers()).isTrue();
    }

    @Test
    void shouldNameTheProcessThatHoldsThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalPostgres elsewhere = at(taken.getLocalPort());

            assertThatThrownBy(elsewhere::start)
                    .isInstanceOf(PartFailure.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " for PostgreSQL is taken");
        }
    }

    private LocalPostgres at(int port) {
        return LocalPostgres.in(
                TestDirectory.sharedDistributions(),
                directory.resolve("data"),
                port,
                "admin",
                Durability.FULL,
                directory.resolve("postgres.log"));
    }

    /// As a person would, for the running server.
    private void set(String setting, String value) throws SQLException {
        execute("alter system set " + setting + " = " + value);
        execute("select pg_reload_conf()");
        await().ignoreExceptions().until(() -> show(setting).equals(value));
    }

    private String show(String setting) throws SQLException {
        return query("show " + setting);
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
