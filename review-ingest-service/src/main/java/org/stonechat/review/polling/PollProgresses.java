package org.stonechat.review.polling;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Where progress is kept. Its lock is what keeps two from storing for one connection at the same time.
@ApplicationScoped
class PollProgresses implements PanacheRepositoryBase<PollProgress, UUID> {

    @Nullable
    PollProgress lock(UUID connectionId) {
        return findById(connectionId, LockModeType.PESSIMISTIC_WRITE);
    }
}
