package org.stonechat.review.intake;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.review.Review;
import org.stonechat.review.review.Reviews;

/// The transactions of looking a single review up.
@ApplicationScoped
class LookUps {

    private final Reviews reviews;
    private final ConnectionUseCases connections;
    private final ReviewIntake intake;

    LookUps(Reviews reviews, ConnectionUseCases connections, ReviewIntake intake) {
        this.reviews = reviews;
        this.connections = connections;
        this.intake = intake;
    }

    record Target(ReviewConnection connection, String externalId) {}

    /// Null when there is nothing to ask for, or nobody to ask.
    @Transactional
    @Nullable
    Target target(UUID reviewId) {
        Review review = reviews.findById(reviewId);
        if (review == null) {
            return null;
        }
        ReviewConnection connection = connections.get(review.connectionId());
        return connection.polls() ? new Target(connection, review.externalId()) : null;
    }

    @Transactional
    void found(Target target, FetchedItem.Readable item) {
        intake.takeFresh(target.connection(), item);
    }

    @Transactional
    void gone(Target target, UUID reviewId) {
        intake.gone(target.connection(), reviewId);
    }
}
