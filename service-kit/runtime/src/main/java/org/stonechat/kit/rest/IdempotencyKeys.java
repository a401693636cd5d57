package org.stonechat.kit.rest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

import com.fasterxml.jackson.core.type.TypeReference;

/// The table of keys and stored responses, and the transaction around an idempotent call.
@ApplicationScoped
class IdempotencyKeys {

    /// So many rows are changed by one transaction.
    static final int PIECE = 1_000;

    private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};

    private final DataSource dataSource;
    private final InstantSource clock;
    private final IdempotencyConfig config;

    IdempotencyKeys(DataSource dataSource, InstantSource clock, IdempotencyConfig config) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.config = config;
    }

    /// Whose key it is and what it was sent with.
    record Key(String client, String route, String value, String bodyHash) {}

    /// @param body JSON, or null for a response without a body, and for one whose body is no longer kept
    record StoredResponse(
            int status,
            Map<String, List<String>> headers,
            @Nullable String body) {}

    /// Runs the call and stores what it answered, in one transaction; or replays what is stored.
    @Transactional(rollbackOn = Exception.class)
    public @Nullable Object once(
            Key key,
            Callable<@Nullable Object> call,
            Function<@Nullable Object, StoredResponse> storing,
            Function<StoredResponse, @Nullable Object> replaying)
            throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            // Held until the end of the transaction: whoever gets it sees the row of those that had
            // it before.
            if (!lock(connection, key)) {
                throw new ProblemException(
                        CommonError.IDEMPOTENCY_IN_FLIGHT, "Wait for its answer, then send it again if you must.");
            }
            StoredResponse stored = find(connection, key);
            if (stored != null) {
                return replaying.apply(stored);
            }
        }
        Object answer = call.call();
        try (Connection connection = dataSource.getConnection()) {
            insert(connection, key, storing.apply(answer));
        }
        return answer;
    }

    /// Runs the call in a transaction, without a key.
    @Transactional(rollbackOn = Exception.class)
    public @Nullable Object plain(Callable<@Nullable Object> call) throws Exception {
        return call.call();
    }

    /// Empties the bodies that are no longer given out, at most [#PIECE] of them.
    ///
    /// @return how many
    @Transactional
    int emptyBodies() {
        return change("""
                update idempotency_key set body = null where (client, route, key) in (
                    select client, route, key from idempotency_key where body is not null and created_at < ?
                    order by created_at limit ? for update skip locked)
                """, oldestBody());
    }

    /// Forgets the oldest keys that are no longer known, at most [#PIECE] of them.
    ///
    /// @return how many
    @Transactional
    int forget() {
        return change("""
                delete from idempotency_key where (client, route, key) in (
                    select client, route, key from idempotency_key where created_at < ?
                    order by created_at limit ? for update skip locked)
                """, oldest());
    }

    private int change(String sql, Instant before) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement change = connection.prepareStatement(sql)) {
            change.setObject(1, timestamp(before));
            change.setInt(2, PIECE);
            return change.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("old idempotency keys could not be cleared away", failure);
        }
    }

    private static boolean lock(Connection connection, Key key) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_try_advisory_xact_lock(hashtextextended(?, 2))")) {
            lock.setString(1, key.client() + '\n' + key.route() + '\n' + key.value());
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private @Nullable StoredResponse find(Connection connection, Key key) throws Exception {
        String sql = """
                select body_hash, status, headers, body, created_at from idempotency_key
                where client = ? and route = ? and key = ?
                """;
        try (PreparedStatement find = connection.prepareStatement(sql)) {
            find.setString(1, key.client());
            find.setString(2, key.route());
            find.setString(3, key.value());
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()
                        || row.getObject(5, OffsetDateTime.class).toInstant().isBefore(oldest())) {
                    return null;
                }
                if (!row.getString(1).equals(key.bodyHash())) {
                    throw new ProblemException(
                            CommonError.IDEMPOTENCY_KEY_REUSED, "Use a new key for another request.");
                }
                boolean whole =
                        !row.getObject(5, OffsetDateTime.class).toInstant().isBefore(oldestBody());
                return new StoredResponse(
                        row.getInt(2),
                        EventJson.MAPPER.readValue(row.getString(3), HEADERS),
                        whole ? row.getString(4) : null);
            }
        }
    }

    private void insert(Connection connection, Key key, StoredResponse response) throws SQLException {
        String sql = """
                insert into idempotency_key (client, route, key, body_hash, status, headers, body, created_at)
                values (?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                on conflict (client, route, key) do update
                set body_hash = excluded.body_hash, status = excluded.status, headers = excluded.headers,
                    body = excluded.body, created_at = excluded.created_at
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, key.client());
            insert.setString(2, key.route());
            insert.setString(3, key.value());
            insert.setString(4, key.bodyHash());
            insert.setInt(5, response.status());
            insert.setString(6, EventJson.write(response.headers()));
            insert.setString(7, response.body());
            insert.setObject(8, timestamp(clock.instant()));
            insert.executeUpdate();
        }
    }

    private Instant oldest() {
        return clock.instant().minus(config.keep());
    }

    private Instant oldestBody() {
        return clock.instant().minus(config.keepBody());
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
