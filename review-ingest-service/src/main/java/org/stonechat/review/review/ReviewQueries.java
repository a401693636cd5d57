package org.stonechat.review.review;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;
import org.stonechat.review.directory.Visibility;

/// Reads reviews for people. What a caller may see is a union of parts, each read from its own index and cut
/// off before the parts are put together, so that no list grows slower with the table.
@ApplicationScoped
class ReviewQueries {

    private static final String COLUMNS = """
            r.id, r.connection_id, r.platform, r.external_id, r.source_ref, r.kind, r.state, r.rating, r.stars,
            r.language, r.title, r.body, r.author_name, r.order_reference, r.product_sku, r.product_name,
            r.submitted_at, r.platform_updated_at, r.revision, r.inbox_url, r.department_id, r.team_id, r.assignee_id,
            r.ticket_id, r.platform_reply_text is not null as answered
            """;

    private final DataSource dataSource;

    ReviewQueries(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    record Filter(
            @Nullable Integer stars,
            @Nullable ReviewKind kind,
            @Nullable ReviewState state,
            @Nullable UUID connectionId,
            @Nullable Boolean answered,
            @Nullable String authorEmail,
            @Nullable Instant submittedFrom,
            @Nullable Instant submittedBefore) {}

    /// A review as a list shows it.
    record Row(
            UUID id,
            UUID connectionId,
            String platform,
            String externalId,
            @Nullable String sourceRef,
            ReviewKind kind,
            ReviewState state,
            @Nullable BigDecimal rating,
            @Nullable Integer stars,
            @Nullable String language,
            @Nullable String title,
            @Nullable String body,
            @Nullable String authorName,
            @Nullable String orderReference,
            @Nullable String productSku,
            @Nullable String productName,
            Instant submittedAt,
            Instant updatedAt,
            int revision,
            @Nullable String inboxUrl,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            @Nullable UUID ticketId,
            boolean answered) {

        Cursor cursor() {
            return Cursor.of(submittedAt, id);
        }
    }

    record Revision(
            int revision,
            @Nullable BigDecimal rating,
            @Nullable String title,
            @Nullable String body,
            ReviewState state,
            Instant updatedAt,
            Instant seenAt) {}

    record ReplyRow(
            UUID messageId,
            UUID ticketId,
            String text,
            boolean mailCopy,
            String state,
            @Nullable String reason,
            Instant requestedAt,
            @Nullable Instant settledAt) {}

    /// The newest first.
    List<Row> page(Visibility visibility, Filter filter, @Nullable Cursor after, int rows) {
        List<Object> conditions = new ArrayList<>();
        StringBuilder where = new StringBuilder();
        and(where, conditions, "stars = ?", filter.stars());
        and(
                where,
                conditions,
                "kind = ?",
                filter.kind() == null ? null : filter.kind().name());
        and(
                where,
                conditions,
                "state = ?",
                filter.state() == null ? null : filter.state().name());
        and(where, conditions, "connection_id = ?", filter.connectionId());
        // One author has a few reviews of very many: they are found first, whatever order is asked for.
        and(
                where,
                conditions,
                "id = any (array(select written.id from review written where lower(written.author_email) = ?))",
                filter.authorEmail() == null ? null : filter.authorEmail().toLowerCase(Locale.ROOT));
        and(where, conditions, "submitted_at >= ?", time(filter.submittedFrom()));
        and(where, conditions, "submitted_at < ?", time(filter.submittedBefore()));
        if (filter.answered() != null) {
            where.append(" and platform_reply_text is ").append(filter.answered() ? "not null" : "null");
        }
        if (after != null) {
            where.append(" and (submitted_at, id) < (?::timestamptz, ?::uuid)");
            conditions.add(after.instant(0).atOffset(ZoneOffset.UTC));
            conditions.add(after.uuid(1));
        }
        where.append(" order by submitted_at desc, id desc limit ?");
        conditions.add(rows);

        List<Object> parameters = new ArrayList<>();
        String open = visibility.closedTeamsCondition("review");
        StringBuilder visible = new StringBuilder();
        if (visibility.everyDepartment()) {
            visible.append("(select id, submitted_at from review where ")
                    .append(open)
                    .append(where)
                    .append(')');
            parameters.addAll(conditions);
        } else {
            visible.append(
                            "select part.id, part.submitted_at from unnest(?::uuid[]) department (id) cross join lateral (")
                    .append("select id, submitted_at from review where department_id = department.id and ")
                    .append(open)
                    .append(where)
                    .append(") part");
            parameters.add(visibility.departments());
            parameters.addAll(conditions);
        }
        visible.append(" union (select id, submitted_at from review where assignee_id = ?")
                .append(where)
                .append(')');
        parameters.add(visibility.me());
        parameters.addAll(conditions);
        visible.append(" union select part.id, part.submitted_at from unnest(?::uuid[]) mine (id) cross join lateral (")
                .append("select id, submitted_at from review where team_id = mine.id")
                .append(where)
                .append(") part");
        parameters.add(visibility.myTeams());
        parameters.addAll(conditions);
        parameters.add(rows);
        return read(
                "with visible as ("
                        + visible
                        + ") select "
                        + COLUMNS
                        + " from visible join review r on r.id = visible.id"
                        + " order by r.submitted_at desc, r.id desc limit ?",
                parameters);
    }

    /// The other reviews of the same order; whether the caller may see each is still to be asked.
    List<Row> ofSameOrder(Row review) {
        if (review.orderReference() == null) {
            return List.of();
        }
        return read(
                "select "
                        + COLUMNS
                        + " from review r where r.connection_id = ? and r.order_reference = ? and r.id <> ?"
                        + " order by r.submitted_at desc, r.id desc limit 50",
                List.of(review.connectionId(), review.orderReference(), review.id()));
    }

    @Nullable
    Row find(UUID id) {
        List<Row> found = read("select " + COLUMNS + " from review r where r.id = ?", List.of(id));
        return found.isEmpty() ? null : found.getFirst();
    }

    List<Revision> revisions(UUID review) {
        String sql = """
                select revision, rating, title, body, state, updated_at, seen_at from review_revision
                where review_id = ? order by revision desc limit 100
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, review);
            List<Revision> revisions = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    revisions.add(new Revision(
                            rows.getInt(1),
                            rows.getBigDecimal(2),
                            rows.getString(3),
                            rows.getString(4),
                            ReviewState.valueOf(rows.getString(5)),
                            instant(rows, 6),
                            instant(rows, 7)));
                }
            }
            return revisions;
        } catch (SQLException failure) {
            throw new IllegalStateException("revisions could not be read", failure);
        }
    }

    List<ReplyRow> replies(UUID review) {
        String sql = """
                select id, ticket_id, text, mail_copy, state, reason, requested_at, settled_at from review_reply
                where review_id = ? order by requested_at desc, id desc limit 50
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, review);
            List<ReplyRow> replies = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    OffsetDateTime settled = rows.getObject(8, OffsetDateTime.class);
                    replies.add(new ReplyRow(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, UUID.class),
                            rows.getString(3),
                            rows.getBoolean(4),
                            rows.getString(5),
                            rows.getString(6),
                            instant(rows, 7),
                            settled == null ? null : settled.toInstant()));
                }
            }
            return replies;
        } catch (SQLException failure) {
            throw new IllegalStateException("replies could not be read", failure);
        }
    }

    private static void and(
            StringBuilder where, List<Object> parameters, String condition, @Nullable Object parameter) {
        if (parameter != null) {
            where.append(" and ").append(condition);
            parameters.add(parameter);
        }
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private List<Row> read(String sql, List<?> parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            int index = 1;
            for (Object parameter : parameters) {
                if (parameter instanceof UUID[] ids) {
                    select.setArray(index++, connection.createArrayOf("uuid", ids));
                } else {
                    select.setObject(index++, parameter);
                }
            }
            List<Row> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(row(rows));
                }
            }
            return Collections.unmodifiableList(found);
        } catch (SQLException failure) {
            throw new IllegalStateException("reviews could not be read", failure);
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                ReviewKind.valueOf(row.getString(6)),
                ReviewState.valueOf(row.getString(7)),
                row.getBigDecimal(8),
                row.getObject(9, Integer.class),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                row.getString(16),
                instant(row, 17),
                instant(row, 18),
                row.getInt(19),
                row.getString(20),
                row.getObject(21, UUID.class),
                row.getObject(22, UUID.class),
                row.getObject(23, UUID.class),
                row.getObject(24, UUID.class),
                row.getBoolean(25));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
