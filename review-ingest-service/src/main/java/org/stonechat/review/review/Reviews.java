package org.stonechat.review.review;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;
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

    /// Keeps the content of the review's present revision, with the platform's JSON as it came.
    public void keepRevision(Review review, PlatformReview seen, String raw, Instant now) {
        flush();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                                insert into review_revision (review_id, revision, rating, title, body, state,
                                                             content_hash, raw, updated_at, seen_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                                """)) {
            insert.setObject(1, review.id());
            insert.setInt(2, review.revision());
            insert.setBigDecimal(3, seen.rating());
            insert.setString(4, seen.title());
            insert.setString(5, seen.body());
            insert.setString(6, seen.state().name());
            insert.setString(7, seen.contentHash());
            insert.setString(8, raw);
            insert.setObject(9, seen.updatedAt().atOffset(ZoneOffset.UTC));
            insert.setObject(10, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("a revision of " + review.id() + " could not be kept", failure);
        }
    }
}
