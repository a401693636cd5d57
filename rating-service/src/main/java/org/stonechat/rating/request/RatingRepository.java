package org.stonechat.rating.request;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Requests and ratings.
@ApplicationScoped
class RatingRepository implements PanacheRepositoryBase<Rating, UUID> {

    /// Filters of the rating report; null is no filter.
    record Filter(
            @Nullable Set<UUID> departments,
            Set<UUID> hiddenTeams,
            @Nullable Face face,
            @Nullable UUID team,
            @Nullable UUID agent,
            Instant from,
            Instant to) {}

    Optional<Rating> lock(UUID id) {
        return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<Rating> lockOpenRequest(UUID ticketId) {
        return find("ticketId = ?1 and state = ?2", ticketId, Rating.State.REQUESTED)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    void place(UUID ticketId, UUID departmentId) {
        update("departmentId = ?1 where ticketId = ?2 and departmentId <> ?1", departmentId, ticketId);
    }

    boolean askedSince(String address, Instant since) {
        return count(
                        "recipientAddress = ?1 and requestedAt > ?2 and state <> ?3",
                        address,
                        since,
                        Rating.State.CANCELLED)
                > 0;
    }

    /// Given ratings, newest first.
    List<Rating> page(Filter filter, @Nullable Instant before, @Nullable UUID beforeId, int limit) {
        StringBuilder query =
                new StringBuilder("from Rating where state = :given and givenAt >= :from and givenAt < :to");
        if (filter.departments() != null) {
            query.append(" and departmentId in (:departments)");
        }
        if (!filter.hiddenTeams().isEmpty()) {
            query.append(" and (teamId is null or teamId not in (:hiddenTeams))");
        }
        if (filter.face() != null) {
            query.append(" and face = :face");
        }
        if (filter.team() != null) {
            query.append(" and teamId = :team");
        }
        if (filter.agent() != null) {
            query.append(" and assigneeId = :agent");
        }
        if (before != null) {
            query.append(" and (givenAt < :before or (givenAt = :before and id < :beforeId))");
        }
        TypedQuery<Rating> page = getEntityManager()
                .createQuery(query + " order by givenAt desc, id desc", Rating.class)
                .setParameter("given", Rating.State.GIVEN)
                .setParameter("from", filter.from())
                .setParameter("to", filter.to())
                .setMaxResults(limit);
        if (filter.departments() != null) {
            page.setParameter("departments", filter.departments());
        }
        if (!filter.hiddenTeams().isEmpty()) {
            page.setParameter("hiddenTeams", filter.hiddenTeams());
        }
        if (filter.face() != null) {
            page.setParameter("face", filter.face());
        }
        if (filter.team() != null) {
            page.setParameter("team", filter.team());
        }
        if (filter.agent() != null) {
            page.setParameter("agent", filter.agent());
        }
        if (before != null) {
            page.setParameter("before", before).setParameter("beforeId", beforeId);
        }
        return page.getResultList();
    }
}
