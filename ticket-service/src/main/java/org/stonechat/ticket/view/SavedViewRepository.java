package org.stonechat.ticket.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Saved views, and who starred what.
@ApplicationScoped
class SavedViewRepository implements PanacheRepositoryBase<SavedView, UUID> {

    Optional<SavedView> lock(UUID id) {
        return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
    }

    /// What the person sees, by name.
    ///
    /// @param departments null for those of all departments
    @SuppressWarnings("unchecked")
    List<SavedView> visible(UUID person, @Nullable Set<UUID> departments, int limit, String afterName, UUID afterId) {
        String ofDepartments = departments == null
                ? "scope = 'DEPARTMENT'"
                : "(scope = 'DEPARTMENT' and department_id = any(cast(:departments as uuid[])))";
        Query query = getEntityManager()
                .createNativeQuery(
                        "select * from saved_view where ((scope = 'PRIVATE' and owner_id = :person) or "
                                + ofDepartments
                                + " or scope = 'EVERYONE') and (name, id) > (:name, :id) order by name, id limit :limit",
                        SavedView.class)
                .setParameter("person", person)
                .setParameter("name", afterName)
                .setParameter("id", afterId)
                .setParameter("limit", limit);
        if (departments != null) {
            query.setParameter("departments", departments.toArray(UUID[]::new));
        }
        return query.getResultList();
    }

    /// The codes and ids of what the person has starred, in the order in which it was.
    @SuppressWarnings("unchecked")
    List<String> starred(UUID person) {
        return getEntityManager()
                .createNativeQuery(
                        "select view from view_star where person_id = :person order by starred_at, view", String.class)
                .setParameter("person", person)
                .getResultList();
    }

    void star(UUID person, String view, Instant at) {
        getEntityManager()
                .createNativeQuery("insert into view_star (person_id, view, starred_at) values (:person, :view, :at)"
                        + " on conflict do nothing")
                .setParameter("person", person)
                .setParameter("view", view)
                .setParameter("at", at.atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }

    void unstar(UUID person, String view) {
        getEntityManager()
                .createNativeQuery("delete from view_star where person_id = :person and view = :view")
                .setParameter("person", person)
                .setParameter("view", view)
                .executeUpdate();
    }

    void unstarForAll(String view) {
        getEntityManager()
                .createNativeQuery("delete from view_star where view = :view")
                .setParameter("view", view)
                .executeUpdate();
    }
}
