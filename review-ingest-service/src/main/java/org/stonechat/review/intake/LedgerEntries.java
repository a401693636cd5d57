package org.stonechat.review.intake;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Where the ledger is kept.
@ApplicationScoped
class LedgerEntries implements PanacheRepositoryBase<LedgerEntry, UUID> {

    private final DataSource dataSource;

    LedgerEntries(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// @param departments null for all
    record Filter(
            @Nullable List<UUID> departments,
            @Nullable LedgerState state,
            @Nullable UUID connectionId) {}

    Optional<LedgerEntry> lock(UUID connectionId, String externalId) {
        return find("connectionId = ?1 and externalId = ?2", connectionId, externalId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /// Those that are there already, by what the platform calls them.
    Map<String, LedgerEntry> locked(UUID connectionId, List<String> externalIds) {
        // Mostly there are none; to name a thousand to Hibernate one by one would cost more than to look.
        List<UUID> there = there(connectionId, externalIds);
        if (there.isEmpty()) {
            return Map.of();
        }
        return find("id in ?1", there).withLock(LockModeType.PESSIMISTIC_WRITE).stream()
                .collect(Collectors.toMap(LedgerEntry::externalId, Function.identity()));
    }

    private List<UUID> there(UUID connectionId, List<String> externalIds) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id from ledger_entry where connection_id = ? and external_id = any(?)")) {
            select.setObject(1, connectionId);
            select.setArray(2, connection.createArrayOf("text", externalIds.toArray()));
            List<UUID> ids = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
            return ids;
        } catch (SQLException failure) {
            throw new IllegalStateException("the ledger could not be read", failure);
        }
    }

    /// How many there are of each state.
    Map<LedgerState, Long> counts(UUID connectionId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select state, count(*) from ledger_entry where connection_id = ? group by state")) {
            select.setObject(1, connectionId);
            Map<LedgerState, Long> counts = new EnumMap<>(LedgerState.class);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    counts.put(LedgerState.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
            return counts;
        } catch (SQLException failure) {
            throw new IllegalStateException("the ledger could not be counted", failure);
        }
    }

    /// How many of a connection's reviews its platform knows no longer.
    long gone(UUID connectionId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select count(*) from review where connection_id = ? and gone_at is not null")) {
            select.setObject(1, connectionId);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the ledger could not be counted", failure);
        }
    }

    /// The next ones of these states, in the order of their ids.
    List<UUID> next(UUID connectionId, Collection<LedgerState> states, @Nullable UUID after, int rows) {
        String sql = """
                select id from ledger_entry
                where connection_id = ? and state = any(?) and (?::uuid is null or id > ?::uuid)
                order by id limit ?
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, connectionId);
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", states.stream().map(LedgerState::name).toArray()));
            select.setObject(3, after);
            select.setObject(4, after);
            select.setInt(5, rows);
            List<UUID> ids = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    ids.add(found.getObject(1, UUID.class));
                }
            }
            return ids;
        } catch (SQLException failure) {
            throw new IllegalStateException("the ledger could not be read", failure);
        }
    }

    @Nullable
    LedgerEntry lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    Optional<LedgerEntry> lockOfReview(UUID reviewId) {
        return find("reviewId", reviewId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /// The entries of these ids, in that order.
    List<LedgerEntry> inOrder(List<UUID> ids) {
        Map<UUID, LedgerEntry> found =
                list("id in ?1", ids).stream().collect(Collectors.toMap(LedgerEntry::id, Function.identity()));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /// Keeps what could not be read, to be read again by a release that understands it.
    void keepRaw(LedgerEntry entry, @Nullable String raw) {
        flush();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update ledger_entry set raw = ?::jsonb where id = ? and raw is distinct from ?::jsonb")) {
            update.setString(1, raw);
            update.setObject(2, entry.id());
            update.setString(3, raw);
            update.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("what came in could not be kept", failure);
        }
    }

    @Nullable
    String raw(UUID id) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select raw from ledger_entry where id = ?")) {
            select.setObject(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the ledger could not be read", failure);
        }
    }

    /// Newest first. Each department's part is read from its own index and cut off before the parts are put
    /// together.
    List<UUID> page(Filter filter, @Nullable Cursor after, int rows) {
        List<Object> parameters = new ArrayList<>();
        StringBuilder branch = new StringBuilder("select id, received_at from ledger_entry where true");
        if (filter.departments() != null) {
            branch.append(" and department_id = department.id");
        }
        if (filter.state() != null) {
            branch.append(" and state = ?");
            parameters.add(filter.state().name());
        }
        if (filter.connectionId() != null) {
            branch.append(" and connection_id = ?");
            parameters.add(filter.connectionId());
        }
        if (after != null) {
            branch.append(" and (received_at, id) < (?::timestamptz, ?::uuid)");
            parameters.add(after.instant(0).atOffset(ZoneOffset.UTC));
            parameters.add(after.uuid(1));
        }
        branch.append(" order by received_at desc, id desc limit ?");
        parameters.add(rows);
        String sql = filter.departments() == null
                ? branch.toString()
                : "select entry.id, entry.received_at from unnest(?::uuid[]) department (id) cross join lateral ("
                        + branch
                        + ") entry order by entry.received_at desc, entry.id desc limit ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            int index = 1;
            if (filter.departments() != null) {
                Array departments =
                        connection.createArrayOf("uuid", filter.departments().toArray());
                select.setArray(index++, departments);
            }
            for (Object parameter : parameters) {
                select.setObject(index++, parameter);
            }
            if (filter.departments() != null) {
                select.setInt(index, rows);
            }
            List<UUID> ids = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    ids.add(found.getObject(1, UUID.class));
                }
            }
            return ids;
        } catch (SQLException failure) {
            throw new IllegalStateException("the ledger could not be read", failure);
        }
    }
}
