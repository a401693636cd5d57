package org.stonechat.ticket.department;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Departments with their pipelines.
@ApplicationScoped
public class DepartmentRepository implements PanacheRepositoryBase<Department, UUID> {

    /// @throws ProblemException 422 `department-unknown`
    public Department known(UUID id) {
        return findByIdOptional(id)
                .orElseThrow(() ->
                        new ProblemException(TicketError.DEPARTMENT_UNKNOWN, "There is no department " + id + "."));
    }

    /// The department of a ticket, which always exists.
    public Department of(UUID id) {
        return findByIdOptional(id).orElseThrow(() -> new IllegalStateException("department " + id + " is gone"));
    }

    Optional<Department> lock(UUID id) {
        return Optional.ofNullable(getEntityManager()
                .createQuery("from Department where id = :id", Department.class)
                .setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResultOrNull());
    }

    /// The mail addresses of all departments, in lower case.
    public List<String> mailAddresses() {
        return getEntityManager()
                .createQuery("select mailAddress from Department where mailAddress is not null", String.class)
                .getResultList();
    }

    boolean slugTaken(String slug, UUID exceptBy) {
        return count("slug = ?1 and id <> ?2", slug, exceptBy) > 0;
    }

    List<Department> inOrder(int limit, String afterName, UUID afterId) {
        return getEntityManager()
                .createQuery(
                        "from Department where name > :name or (name = :name and id > :id) order by name, id",
                        Department.class)
                .setParameter("name", afterName)
                .setParameter("id", afterId)
                .setMaxResults(limit)
                .getResultList();
    }

    List<Department> inOrder(Collection<UUID> ids, int limit, String afterName, UUID afterId) {
        return getEntityManager()
                .createQuery(
                        "from Department where id in :ids and (name > :name or (name = :name and id > :id)) order by name, id",
                        Department.class)
                .setParameter("ids", ids)
                .setParameter("name", afterName)
                .setParameter("id", afterId)
                .setMaxResults(limit)
                .getResultList();
    }
}
