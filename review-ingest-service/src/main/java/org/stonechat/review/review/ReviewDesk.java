package org.stonechat.review.review;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.PlatformReply;
import org.stonechat.review.connector.SubRating;
import org.stonechat.review.directory.Visibility;

/// What people read of reviews.
@ApplicationScoped
class ReviewDesk {

    private final ReviewQueries queries;
    private final Reviews reviews;
    private final Visibility visibility;
    private final Connectors connectors;

    ReviewDesk(ReviewQueries queries, Reviews reviews, Visibility visibility, Connectors connectors) {
        this.queries = queries;
        this.reviews = reviews;
        this.visibility = visibility;
        this.connectors = connectors;
    }

    /// One review with all that belongs to it.
    record Dossier(
            ReviewQueries.Row review,
            @Nullable String authorEmail,
            List<SubRating> subRatings,
            @Nullable PlatformReply platformReply,
            List<ReviewQueries.Revision> revisions,
            List<ReviewQueries.ReplyRow> replies,
            List<ReviewQueries.Row> ofSameOrder,
            List<String> reportReasons) {}

    @Transactional
    List<ReviewQueries.Row> page(ReviewQueries.Filter filter, @Nullable Cursor after, int rows) {
        return queries.page(visibility, filter, after, rows);
    }

    @Transactional
    Dossier dossier(UUID id) {
        ReviewQueries.Row row = queries.find(id);
        if (row == null || !covers(row)) {
            throw ProblemException.notFound("review");
        }
        Review review = Objects.requireNonNull(reviews.findById(id), "reviews never go");
        return new Dossier(
                row,
                review.asSeen().authorEmail(),
                review.asSeen().subRatings(),
                review.platformReply(),
                queries.revisions(id),
                queries.replies(id),
                queries.ofSameOrder(row).stream().filter(this::covers).toList(),
                connectors.of(review.platform()).capabilities().reportReasons());
    }

    private boolean covers(ReviewQueries.Row row) {
        return visibility.covers(row.departmentId(), row.teamId(), row.assigneeId());
    }
}
