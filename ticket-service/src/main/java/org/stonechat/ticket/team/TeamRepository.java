package org.stonechat.ticket.team;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Teams with their members.
@ApplicationScoped
public class TeamRepository implements PanacheRepositoryBase<Team, UUID> {

    Optional<Team> lock(UUID id) {
        return Optional.ofNullable(getEntityManager()
                .createQuery("from Team where id = :id", Team.class)
                .setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResultOrNull());
    }

    /// Teams with one of these slugs.
    public List<Team> bySlugs(Collection<String> slugs) {
        return slugs.isEmpty() ? List.of() : list("slug in ?1 order by id", slugs);
    }

    boolean slugTaken(String slug, UUID exceptBy) {
        return count("slug = ?1 and id <> ?2", slug, exceptBy) > 0;
    }

    /// @param departments null for all teams
    @SuppressWarnings("unchecked")
    List<Team> inOrder(@Nullable Set<UUID> departments, int limit, String afterName, UUID afterId) {
        Query query = getEntityManager()
                .createNativeQuery(
                        "select * from team where (name, id) > (:name, :id) "
                                + (departments == null ? "" : "and department_ids && cast(:departments as uuid[]) ")
                                + "order by name, id limit :limit",
                        Team.class)
                .setParameter("name", afterName)
                .setParameter("id", afterId)
                .setParameter("limit", limit);
        if (departments != null) {
            query.setParameter("departments", departments.toArray(UUID[]::new));
        }
        return query.getResultList();
    }
}
