package org.stonechat.review.connection;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Where connections are kept.
@ApplicationScoped
public class ReviewConnections implements PanacheRepositoryBase<ReviewConnection, UUID> {

    /// For a change: others wait until this transaction ends. Null when there is none.
    public @Nullable ReviewConnection lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /// All of them: a desk has a handful.
    List<ReviewConnection> inOrder() {
        return find("from ReviewConnection order by name, id").list();
    }
}
