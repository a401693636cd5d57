package org.stonechat.review.review;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connector.PlatformReply;
import org.stonechat.review.connector.PlatformReview;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Where reviews and their revisions are kept.
@ApplicationScoped
public class Reviews implements PanacheRepositoryBase<Review, UUID> {

    /// Where a review's events are published.
    public static final String TOPIC = "reviews";

    private final DataSource dataSource;

    Reviews(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// For a change; null when there is none.
    public @Nullable Review lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /// For a change, by what the platform calls it.
    public Optional<Review> lock(UUID connectionId, String externalId) {
        return find("connectionId = ?1 and externalId = ?2", connectionId, externalId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /// The reviews of a ticket, for a change.
    public List<Review> lockOfTicket(UUID ticketId) {
        return find("ticketId", ticketId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /// What is known of a review, as far as it tells whether there is anything new about it.
    public record Known(
            UUID id,
            String contentHash,
            Instant updatedAt,
            @Nullable PlatformReply reply,
            boolean gone) {

        /// Whether nothing of what the platform shows is news. What is older than what is known is none.
        public boolean covers(PlatformReview seen) {
            if (gone) {
                return false;
            }
            if (!seen.updatedAt().equals(updatedAt)) {
                return seen.updatedAt().isBefore(updatedAt);
            }
            PlatformReply shown = seen.shownReply();
            return seen.contentHash().equals(contentHash)
                    && (shown == null ? reply == null : reply != null && reply.says(shown.text()));
        }
    }

    /// Those of a connection that are known, by what the platform calls them; locks nothing.
    public Map<String, Known> known(UUID connectionId, Collection<String> externalIds) {
        String sql = """
                select external_id, id, content_hash, platform_updated_at, platform_reply_text, platform_reply_at,
                       gone_at is not null
                from review where connection_id = ? and external_id = any(?)
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, connectionId);
            select.setArray(2, connection.createArrayOf("text", externalIds.toArray()));
            Map<String, Known> known = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String reply = rows.getString(5);
                    OffsetDateTime replyAt = rows.getObject(6, OffsetDateTime.class);
                    known.put(
                            rows.getString(1),
                            new Known(
                                    rows.getObject(2, UUID.class),
                                    rows.getString(3),
                                    rows.getObject(4, OffsetDateTime.class).toInstant(),
                                    reply == null
                                            ? null
                                            : new PlatformReply(reply, replyAt == null ? null : replyAt.toInstant()),
                                    rows.getBoolean(7)));
                }
            }
            return known;
        } catch (SQLException failure) {
            throw new IllegalStateException("the reviews of " + connectionId + " could not be read", failure);
        }
    }

    /// A walk through everything that began then has met these.
    public void seen(UUID connectionId, Collection<String> externalIds, Instant began, Instant now) {
        if (externalIds.isEmpty()) {
            return;
        }
        // Those that came in with this very walk need no second version of their row and its index entries.
        String sql = """
                update review set seen_at = ?
                where connection_id = ? and external_id = any(?) and (seen_at is null or seen_at < ?)
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, now.atOffset(ZoneOffset.UTC));
            update.setObject(2, connectionId);
            update.setArray(3, connection.createArrayOf("text", externalIds.toArray()));
            update.setObject(4, began.atOffset(ZoneOffset.UTC));
            update.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("the reviews of " + connectionId + " could not be marked", failure);
        }
    }

    /// Those that a walk through everything should have met and has not.
    ///
    /// @param channels what the walk looked at; empty for all
    public List<UUID> unseen(
            UUID connectionId, Instant since, List<String> channels, boolean productReviews, int most) {
        String sql = """
                select id from review
                where connection_id = ? and gone_at is null and (seen_at is null or seen_at < ?)
                  and (cardinality(?::text[]) = 0 or source_ref = any(?)) and (? or kind <> 'PRODUCT')
                order by seen_at nulls first limit ?
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, connectionId);
            select.setObject(2, since.atOffset(ZoneOffset.UTC));
            select.setArray(3, connection.createArrayOf("text", channels.toArray()));
            select.setArray(4, connection.createArrayOf("text", channels.toArray()));
            select.setBoolean(5, productReviews);
            select.setInt(6, most);
            List<UUID> unseen = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    unseen.add(rows.getObject(1, UUID.class));
                }
            }
            return unseen;
        } catch (SQLException failure) {
            throw new IllegalStateException("the reviews of " + connectionId + " could not be read", failure);
        }
    }

    /// A review with the content that is to be kept of it.
    public record Revision(Review review, PlatformReview seen, String raw) {}

    /// Keeps the content of each review's present revision, with the platform's JSON as it came.
    public void keepRevisions(List<Revision> revisions, Instant now) {
        flush();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                                insert into review_revision (review_id, revision, rating, title, body, state,
                                                             content_hash, raw, updated_at, seen_at)
                                select review_id, revision, rating, title, body, state, content_hash, raw::jsonb,
                                       updated_at, ?
                                from unnest(?::uuid[], ?::integer[], ?::numeric[], ?::text[], ?::text[], ?::text[],
                                            ?::text[], ?::text[], ?::timestamptz[])
                                    as kept (review_id, revision, rating, title, body, state, content_hash, raw,
                                             updated_at)
                                """)) {
            insert.setObject(1, now.atOffset(ZoneOffset.UTC));
            column(insert, 2, "uuid", revisions, revision -> revision.review().id());
            column(
                    insert,
                    3,
                    "integer",
                    revisions,
                    revision -> revision.review().revision());
            column(insert, 4, "numeric", revisions, revision -> revision.seen().rating());
            column(insert, 5, "text", revisions, revision -> revision.seen().title());
            column(insert, 6, "text", revisions, revision -> revision.seen().body());
            column(
                    insert,
                    7,
                    "text",
                    revisions,
                    revision -> revision.review().state().name());
            column(insert, 8, "text", revisions, revision -> revision.seen().contentHash());
            column(insert, 9, "text", revisions, Revision::raw);
            column(
                    insert,
                    10,
                    "timestamptz",
                    revisions,
                    revision -> revision.seen().updatedAt().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("revisions could not be kept", failure);
        }
    }

    /// One column of many rows, as one parameter.
    private static void column(
            PreparedStatement statement,
            int index,
            String type,
            List<Revision> revisions,
            Function<Revision, @Nullable Object> value)
            throws SQLException {
        Object[] values = new Object[revisions.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = value.apply(revisions.get(row));
        }
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }
}
