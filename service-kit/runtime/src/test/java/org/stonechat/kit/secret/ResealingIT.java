package org.stonechat.kit.secret;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.KitPostgres;
import org.stonechat.kit.work.DueWork;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(KitPostgres.class)
class ResealingIT {

    private static final String FIRST = "the first secret of this installation, of 2025";
    private static final String SECOND = "the second secret of this installation, of 2026";
    private static final SealedColumn COLUMN = new SealedColumn(Purpose.of("doors"), "test_door", "code");
    private static final byte[] CODE = "4711".getBytes(StandardCharsets.UTF_8);

    private final UUID door = UUID.randomUUID();
    private final UUID lost = UUID.randomUUID();

    @Inject
    DataSource dataSource;

    @Inject
    SecretsConfig config;

    @Inject
    DueWork work;

    @Inject
    InstantSource clock;

    @Inject
    @Any
    Instance<SealedColumn> none;

    @BeforeEach
    void freshTable() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists test_door (id uuid primary key, code bytea)");
            statement.execute("delete from test_door");
        }
    }

    @Test
    void shouldSealAnewWhatAnEarlierSecretSealedAndLeaveWhatDoesNotOpen() throws SQLException {
        Sealer current = new Sealer(TokenSecrets.of(SECOND, FIRST));
        byte[] closed = new Sealer(TokenSecrets.of("a secret that nobody has told, of 2024"))
                .seal(COLUMN.purpose(), lost, CODE);
        store(door, new Sealer(TokenSecrets.of(FIRST)).seal(COLUMN.purpose(), door, CODE));
        store(lost, closed);

        QuarkusTransaction.requiringNew()
                .run(() -> new Resealing(none, current, config, work, dataSource, clock).reseal(COLUMN));

        Sealer withoutTheFirst = new Sealer(TokenSecrets.of(SECOND));
        assertThat(withoutTheFirst.open(COLUMN.purpose(), door, stored(door))).isEqualTo(CODE);
        assertThat(stored(lost)).isEqualTo(closed);
    }

    @Test
    void shouldLeaveAloneWhatTheCurrentSecretSealed() throws SQLException {
        Sealer current = new Sealer(TokenSecrets.of(SECOND, FIRST));
        byte[] sealed = current.seal(COLUMN.purpose(), door, CODE);
        store(door, sealed);

        QuarkusTransaction.requiringNew()
                .run(() -> new Resealing(none, current, config, work, dataSource, clock).reseal(COLUMN));

        assertThat(stored(door)).isEqualTo(sealed);
    }

    private void store(UUID id, byte[] code) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into test_door values (?, ?)")) {
            insert.setObject(1, id);
            insert.setBytes(2, code);
            insert.executeUpdate();
        }
    }

    private byte[] stored(UUID id) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select code from test_door where id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getBytes(1);
            }
        }
    }
}
