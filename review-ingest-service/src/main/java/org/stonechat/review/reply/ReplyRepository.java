package org.stonechat.review.reply;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Where answers are kept. Who changes one has locked its review before.
@ApplicationScoped
class ReplyRepository implements PanacheRepositoryBase<Reply, UUID> {

    boolean hasStanding(UUID reviewId) {
        return count("reviewId = ?1 and state <> ?2", reviewId, ReplyState.FAILED) > 0;
    }

    List<Reply> givenUp(UUID reviewId) {
        return list("reviewId = ?1 and state = ?2 order by requestedAt desc", reviewId, ReplyState.FAILED);
    }
}
