package org.stonechat.review.reply;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Where answers are kept. Who changes one has locked its review before.
@ApplicationScoped
class ReplyRepository implements PanacheRepositoryBase<Reply, UUID> {

    boolean hasStanding(UUID reviewId) {
        return standing(reviewId).isPresent();
    }

    /// The one that is on its way, published, or on its way back.
    Optional<Reply> standing(UUID reviewId) {
        return find("reviewId = ?1 and state not in ?2", reviewId, List.of(ReplyState.FAILED, ReplyState.REMOVED))
                .firstResultOptional();
    }

    List<Reply> givenUp(UUID reviewId) {
        return list("reviewId = ?1 and state = ?2 order by requestedAt desc", reviewId, ReplyState.FAILED);
    }
}
