package org.stonechat.launcher;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The parts that need nothing built: what is shown of them holds for all.
class PlatformIT {

    private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
    /// Keeps all ports below those that Linux hands out to outgoing connections.
    private static final int OFFSET = 12_000;
    private static final Platform.Options WANTED =
            Platform.Options.standard().withoutBuild().withOnly(Set.of("postgres", "kafka", "mail"));

    @TempDir
    private Path state;

    private Platform platform;

    @BeforeEach
    void makePlatform() {
        platform = Platform.in(CHECKOUT, OFFSET, state);
    }

    @AfterEach
    void takeDown() {
        platform.down();
    }

    @Test
    void shouldStartSurviveKillsAndGoDown() throws Exception {
        platform.up(WANTED.withBegin(Instant.now().minusSeconds(30), Duration.ofSeconds(10)));
        assertThat(platform.parts()).extracting(Part::name).containsExactly("postgres", "kafka", "mail");
        assertThat(platform.parts()).allMatch(Part::isReady);
        assertThat(platform.lastStart()).hasValueSatisfying(times -> {
            assertThat(times.partSeconds()).containsOnlyKeys("postgres", "kafka", "mail");
            // Half a minute before this program, ten seconds of it for building.
            assertThat(times.buildSeconds()).isEqualTo(10);
            assertThat(times.readySeconds())
                    .isGreaterThan(20 + Collections.max(times.partSeconds().values()));
        });
        execute("create table line as select 'committed' as text");

        for (String name : List.of("postgres", "kafka", "mail")) {
            Part part = platform.part(name);
            long before = part.pid();
            part.kill9();
            assertThat(part.isRunning()).isFalse();
            part.start();
            assertThat(part.isReady()).isTrue();
            assertThat(part.pid()).isNotEqualTo(before);
        }

        assertThat(query("select text from line")).isEqualTo("committed");
        platform.down();
        assertThat(platform.isRunning()).isFalse();
        assertThat(platform.parts()).noneMatch(Part::isRunning);
    }

    @Test
    void shouldKeepEveryFileItsOwnersAlone() throws Exception {
        Path earlier = Files.createDirectories(state.resolve("blobs/ab/cd"));
        Files.writeString(earlier.resolve("abcd"), "of an earlier version");
        Files.setPosixFilePermissions(earlier.resolve("abcd"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(earlier, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));

        platform.up(WANTED);
        for (Part part : platform.parts()) {
            part.restart();
        }

        try (Stream<Path> files = Files.walk(state)) {
            assertThat(files.filter(file -> !Files.isSymbolicLink(file)))
                    .hasSizeGreaterThan(100)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .endsWith("------"));
        }
    }

    @Test
    void shouldGiveTheRelayARoleOfItsOwn() throws Exception {
        platform.up(WANTED.withOnly(Set.of("postgres")));

        assertThat(query("select string_agg(rolname, ' ' order by rolname) from pg_roles"
                        + " where rolreplication and not rolsuper"))
                .isEqualTo("notification_relay rating_relay review_relay ticket_relay");
        DriverManager.getConnection(
                        platform.jdbcUrl("ticket"),
                        "ticket_relay",
                        platform.secrets().relayPassword("ticket"))
                .close();
        assertThatThrownBy(() -> DriverManager.getConnection(
                        platform.jdbcUrl("ticket"), "rating", platform.secrets().databasePassword("rating")))
                .hasMessageContaining("permission denied for database \"ticket\"");
    }

    @Test
    void shouldRefuseASecondStartAndLeaveTheFirstAlone() {
        platform.up(WANTED.withOnly(Set.of("mail")));
        long pid = platform.part("mail").pid();

        assertThatThrownBy(() -> Platform.in(CHECKOUT, OFFSET, state).up(WANTED))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The platform is running already (mail)");

        assertThat(platform.part("mail").pid()).isEqualTo(pid);
    }

    @Test
    void shouldStartAgainAfterACrashOfTheMachine() {
        platform.up(WANTED.withOnly(Set.of("mail")));
        // Nobody had time to write anything down.
        ProcessHandle mail = ProcessHandle.of(platform.part("mail").pid()).orElseThrow();
        org.stonechat.parts.Processes.killAndAwait(mail);

        Platform.in(CHECKOUT, OFFSET, state).up(WANTED.withOnly(Set.of("mail")));

        assertThat(platform.part("mail").isReady()).isTrue();
        assertThat(platform.part("mail").pid()).isNotEqualTo(mail.pid());
    }

    @Test
    void shouldStartNothingWhenAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(13_143 + OFFSET, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> platform.up(WANTED))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("Port " + taken.getLocalPort() + " (mail, IMAP) is taken by");
        }
        assertThat(platform.isRunning()).isFalse();
    }

    @Test
    void shouldStopWhatItStartedWhenOnePartDoesNotGetReady() {
        platform.up(WANTED.withOnly(Set.of("postgres")));
        platform.down();
        // Another release's data: PostgreSQL refuses it while the mail server starts without trouble.
        spoil(state.resolve("postgres/PG_VERSION"), "9.6\n");

        assertThatThrownBy(() -> platform.up(WANTED.withOnly(Set.of("postgres", "mail"))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("postgres ended while it started")
                .hasMessageContaining("incompatible");
        assertThat(platform.isRunning()).isFalse();
    }

    @Test
    void shouldRefuseADatabaseThatCanLoseACommit() throws Exception {
        platform.up(WANTED.withOnly(Set.of("postgres")));
        try (Connection connection = DriverManager.getConnection(
                        platform.jdbcUrl("postgres"),
                        "postgres",
                        platform.secrets().postgresPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set fsync = off");
        }
        platform.down();

        assertThatThrownBy(() -> platform.up(WANTED.withOnly(Set.of("postgres"))))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("PostgreSQL runs with fsync = off");
        assertThat(platform.isRunning()).isFalse();
    }

    private static void spoil(Path file, String content) {
        try {
            java.nio.file.Files.writeString(file, content);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection(
                platform.jdbcUrl("ticket"), "ticket", platform.secrets().databasePassword("ticket"));
    }
}
