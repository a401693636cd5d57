package org.stonechat.ticket.bulk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;

/// The tables of jobs, in hand-written SQL: a job has thousands of rows that are written one by one.
@ApplicationScoped
class BulkTable {

    private static final int BATCH = 1000;

    private final DataSource dataSource;

    BulkTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    enum JobState {
        RUNNING,
        DONE,
        CANCELLED
    }

    enum ItemState {
        WAITING,
        CHANGED,
        REFUSED,
        FAILED,
        CANCELLED
    }

    record Job(
            UUID id,
            UUID personId,
            Caller caller,
            BulkChange change,
            JobState state,
            int total,
            Instant createdAt,
            @Nullable Instant finishedAt) {}

    record Item(
            int position,
            UUID ticketId,
            ItemState state,
            @Nullable String code,
            @Nullable String detail) {}

    void insert(Job job, List<UUID> tickets) {
        execute(
                "insert into bulk_job (id, person_id, caller, change, state, total, created_at) values (?,?,?,?,?,?,?)",
                insert -> {
                    insert.setObject(1, job.id());
                    insert.setObject(2, job.personId());
                    insert.setString(3, EventJson.write(job.caller()));
                    insert.setString(4, EventJson.write(job.change()));
                    insert.setString(5, job.state().name());
                    insert.setInt(6, job.total());
                    insert.setObject(7, job.createdAt().atOffset(ZoneOffset.UTC));
                    return insert.executeUpdate();
                });
        execute("insert into bulk_item (job_id, position, ticket_id, state) values (?, ?, ?, 'WAITING')", insert -> {
            int position = 0;
            for (UUID ticket : tickets) {
                insert.setObject(1, job.id());
                insert.setInt(2, position++);
                insert.setObject(3, ticket);
                insert.addBatch();
                if (position % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            return position;
        });
    }

    Optional<Job> find(UUID id) {
        return jobs("where id = ?", select -> select.setObject(1, id)).stream().findFirst();
    }

    /// The person's jobs, the latest first.
    List<Job> of(UUID person, @Nullable UUID before, int limit) {
        return jobs("where person_id = ? and (cast(? as uuid) is null or id < ?) order by id desc limit ?", select -> {
            select.setObject(1, person);
            select.setObject(2, before);
            select.setObject(3, before);
            select.setInt(4, limit);
        });
    }

    private interface Binding {
        void bind(PreparedStatement select) throws SQLException;
    }

    private List<Job> jobs(String where, Binding binding) {
        return execute(
                "select id, person_id, caller, change, state, total, created_at, finished_at from bulk_job " + where,
                select -> {
                    binding.bind(select);
                    List<Job> jobs = new ArrayList<>();
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            OffsetDateTime finished = row.getObject(8, OffsetDateTime.class);
                            jobs.add(new Job(
                                    row.getObject(1, UUID.class),
                                    row.getObject(2, UUID.class),
                                    json(row.getString(3), Caller.class),
                                    json(row.getString(4), BulkChange.class),
                                    JobState.valueOf(row.getString(5)),
                                    row.getInt(6),
                                    row.getObject(7, OffsetDateTime.class).toInstant(),
                                    finished == null ? null : finished.toInstant()));
                        }
                    }
                    return jobs;
                });
    }

    private static <T> T json(String json, Class<T> type) {
        try {
            return EventJson.MAPPER.readValue(json, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a job is not readable", failure);
        }
    }

    Map<ItemState, Integer> progress(UUID job) {
        return execute("select state, count(*) from bulk_item where job_id = ? group by state", select -> {
            select.setObject(1, job);
            Map<ItemState, Integer> progress = new EnumMap<>(ItemState.class);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    progress.put(ItemState.valueOf(row.getString(1)), row.getInt(2));
                }
            }
            return progress;
        });
    }

    List<Item> items(UUID job, @Nullable ItemState state, int after, int limit) {
        return execute(
                "select position, ticket_id, state, code, detail from bulk_item where job_id = ? and position > ?"
                        + (state == null ? "" : " and state = ?")
                        + " order by position limit ?",
                select -> {
                    select.setObject(1, job);
                    select.setInt(2, after);
                    if (state != null) {
                        select.setString(3, state.name());
                    }
                    select.setInt(state == null ? 3 : 4, limit);
                    List<Item> items = new ArrayList<>();
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            items.add(new Item(
                                    row.getInt(1),
                                    row.getObject(2, UUID.class),
                                    ItemState.valueOf(row.getString(3)),
                                    row.getString(4),
                                    row.getString(5)));
                        }
                    }
                    return items;
                });
    }

    /// The places from `from` up to, without, `to` that still wait.
    List<Item> waiting(UUID job, int from, int to) {
        return items(job, ItemState.WAITING, from - 1, to - from).stream()
                .filter(item -> item.position() < to)
                .toList();
    }

    /// Takes a waiting place, in the transaction that changes the ticket: whoever comes second finds it taken.
    boolean settle(UUID job, int position, ItemState state, @Nullable String code, @Nullable String detail) {
        return execute(
                "update bulk_item set state = ?, code = ?, detail = ?"
                        + " where job_id = ? and position = ? and state = 'WAITING'",
                update -> {
                    update.setString(1, state.name());
                    update.setString(2, code);
                    update.setString(3, detail);
                    update.setObject(4, job);
                    update.setInt(5, position);
                    return update.executeUpdate() == 1;
                });
    }

    /// Gives all that still waits between the places another state.
    void settleRest(UUID job, int from, int to, ItemState state, @Nullable String code, @Nullable String detail) {
        execute(
                "update bulk_item set state = ?, code = ?, detail = ?"
                        + " where job_id = ? and position >= ? and position < ? and state = 'WAITING'",
                update -> {
                    update.setString(1, state.name());
                    update.setString(2, code);
                    update.setString(3, detail);
                    update.setObject(4, job);
                    update.setInt(5, from);
                    update.setInt(6, to);
                    return update.executeUpdate();
                });
    }

    /// Ends a running job; false when it was over.
    boolean end(UUID job, JobState state, Instant at) {
        return execute("update bulk_job set state = ?, finished_at = ? where id = ? and state = 'RUNNING'", update -> {
            update.setString(1, state.name());
            update.setObject(2, at.atOffset(ZoneOffset.UTC));
            update.setObject(3, job);
            return update.executeUpdate() == 1;
        });
    }

    /// Ends the job when nothing of it waits any more. Of two that finish at once the second one sees the first.
    void endWhenDone(UUID job, Instant at) {
        execute("select 1 from bulk_job where id = ? for update", lock -> {
            lock.setObject(1, job);
            return lock.execute();
        });
        execute(
                "update bulk_job set state = 'DONE', finished_at = ? where id = ? and state = 'RUNNING'"
                        + " and not exists (select 1 from bulk_item where job_id = ? and state = 'WAITING')",
                update -> {
                    update.setObject(1, at.atOffset(ZoneOffset.UTC));
                    update.setObject(2, job);
                    update.setObject(3, job);
                    return update.executeUpdate();
                });
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T execute(String sql, Use<T> use) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return use.of(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException("the table of jobs could not be used", failure);
        }
    }
}
