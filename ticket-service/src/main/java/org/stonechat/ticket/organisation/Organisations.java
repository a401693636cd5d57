package org.stonechat.ticket.organisation;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;

/// Companies, seen by those who see one of their departments.
@ApplicationScoped
public class Organisations {

    private final EntityManager entityManager;
    private final DepartmentRepository departments;
    private final Rights rights;
    private final CurrentUser user;
    private final InstantSource clock;

    Organisations(
            EntityManager entityManager,
            DepartmentRepository departments,
            Rights rights,
            CurrentUser user,
            InstantSource clock) {
        this.entityManager = entityManager;
        this.departments = departments;
        this.rights = rights;
        this.user = user;
        this.clock = clock;
    }

    /// Whether there is one of this id that the caller sees.
    public boolean sees(UUID id) {
        return find(id).isPresent();
    }

    /// What is shown of it beside a ticket; empty when the caller does not see it.
    public Optional<OrganisationView> view(UUID id) {
        return find(id).map(OrganisationView::from);
    }

    /// @throws ProblemException 404
    OrganisationView read(UUID id) {
        return view(id).orElseThrow(() -> ProblemException.notFound("organisation"));
    }

    @Transactional
    OrganisationView create(OrganisationRequest request) {
        requireEdit(request.departmentIds());
        Organisation organisation = new Organisation(Uuid7.next(), request, clock.instant());
        entityManager.persist(organisation);
        return OrganisationView.from(organisation);
    }

    @Transactional
    OrganisationView change(UUID id, @Nullable String ifMatch, OrganisationRequest request) {
        Organisation organisation = lock(id);
        ETags.ifMatch(ifMatch, organisation.version());
        requireEdit(request.departmentIds().stream()
                .filter(department -> !organisation.departmentIds().contains(department))
                .toList());
        organisation.change(request);
        return OrganisationView.from(organisation);
    }

    @Transactional
    void delete(UUID id, @Nullable String ifMatch) {
        Organisation organisation = lock(id);
        ETags.ifMatch(ifMatch, organisation.version());
        boolean used = (boolean) entityManager
                .createNativeQuery("select exists (select 1 from contact where organisation_id = :id)")
                .setParameter("id", id)
                .getSingleResult();
        if (used) {
            throw new ProblemException(
                    TicketError.ORGANISATION_IN_USE,
                    "Take it from its contacts first; the list of contacts finds them.");
        }
        entityManager.remove(organisation);
    }

    /// Those of the caller's departments, newest first.
    @SuppressWarnings("unchecked")
    List<Organisation> page(@Nullable UUID after, int limit) {
        Query query = entityManager
                .createNativeQuery(
                        "select o.* from organisation o where true "
                                + (after == null ? "" : "and o.id < :after ")
                                + (user.allDepartments() ? "" : "and o.department_ids && cast(:departments as uuid[]) ")
                                + "order by o.id desc limit :limit",
                        Organisation.class)
                .setParameter("limit", limit);
        if (after != null) {
            query.setParameter("after", after);
        }
        if (!user.allDepartments()) {
            query.setParameter("departments", user.departments().toArray(UUID[]::new));
        }
        return query.getResultList();
    }

    private Optional<Organisation> find(UUID id) {
        return Optional.ofNullable(entityManager.find(Organisation.class, id))
                .filter(organisation -> organisation.departmentIds().stream().anyMatch(user::inDepartment));
    }

    private Organisation lock(UUID id) {
        Organisation organisation = find(id).orElseThrow(() -> ProblemException.notFound("organisation"));
        boolean may = organisation.departmentIds().stream()
                .filter(user::inDepartment)
                .map(departments::findById)
                .anyMatch(department -> department != null && rights.has(Right.EDIT, department));
        if (!may) {
            throw new ProblemException(
                    TicketError.RIGHT_MISSING, "It needs the right EDIT in a department of the organisation.");
        }
        entityManager.lock(organisation, LockModeType.PESSIMISTIC_WRITE);
        entityManager.refresh(organisation);
        return organisation;
    }

    private void requireEdit(List<UUID> departmentIds) {
        for (UUID department : departmentIds) {
            user.requireDepartment(department, "department");
            rights.require(Right.EDIT, departments.known(department));
        }
    }
}
