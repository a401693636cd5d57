package org.stonechat.review.report;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Where reports are kept. Who changes one has locked its review before.
@ApplicationScoped
class ReportRepository implements PanacheRepositoryBase<ReviewReport, UUID> {

    Optional<ReviewReport> open(UUID reviewId) {
        return find("reviewId = ?1 and state in ?2", reviewId, List.of(ReportState.PENDING, ReportState.OPEN))
                .firstResultOptional();
    }

    List<ReviewReport> of(UUID reviewId) {
        return find("reviewId = ?1 order by requestedAt desc, id desc", reviewId)
                .range(0, 49)
                .list();
    }
}
