package org.stonechat.ticket.choice;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.DepartmentRepository;

/// What departments offer to choose from, and whether something was offered.
///
/// Where a department offers no categories, root causes or close reasons of its own, any words will do.
@ApplicationScoped
public class Choices {

    /// The category of a ticket nobody chose one for; every department has it.
    public static final String OTHER = "Other";

    private final EntityManager entityManager;
    private final DepartmentRepository departments;

    private final Audit audit;

    Choices(EntityManager entityManager, DepartmentRepository departments, Audit audit) {
        this.entityManager = entityManager;
        this.departments = departments;
        this.audit = audit;
    }

    record Put(Choice choice, boolean created) {}

    /// Creates or changes; the same properties again change nothing.
    @Transactional
    Put put(Choice.Kind kind, UUID id, UUID departmentId, Choice.Properties properties) {
        departments.serialiseSetUp(departmentId);
        Choice existing = entityManager.find(Choice.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (existing != null
                && (existing.kind() != kind || !existing.departmentId().equals(departmentId))) {
            throw new ProblemException(
                    TicketError.ELSEWHERE_ALREADY,
                    "The id is that of a " + existing.kind().words() + " elsewhere.");
        }
        boolean taken = entityManager
                        .createQuery(
                                "select count(*) from Choice where departmentId = :department and kind = :kind"
                                        + " and lower(name) = lower(:name) and id <> :id",
                                Long.class)
                        .setParameter("department", departmentId)
                        .setParameter("kind", kind)
                        .setParameter("name", properties.name())
                        .setParameter("id", id)
                        .getSingleResult()
                > 0;
        if (taken) {
            throw new ProblemException(TicketError.NAME_TAKEN, "Choose another name than " + properties.name() + ".");
        }
        ChoiceView old = existing == null ? null : ChoiceView.from(existing);
        Choice choice = existing == null ? new Choice(id, departmentId, kind) : existing;
        choice.define(properties);
        if (existing == null) {
            entityManager.persist(choice);
        }
        audit.changed(kind.words().replace(' ', '-'), id, Changes.between(old, ChoiceView.from(choice)));
        return new Put(choice, existing == null);
    }

    Optional<Choice> find(Choice.Kind kind, UUID id) {
        return Optional.ofNullable(entityManager.find(Choice.class, id)).filter(choice -> choice.kind() == kind);
    }

    /// @param onlyOffered without the retired ones
    List<Choice> ofDepartment(Choice.Kind kind, UUID departmentId, boolean onlyOffered) {
        return entityManager
                .createQuery(
                        "from Choice where departmentId = :department and kind = :kind and (retired = false or :all = true)"
                                + " order by position, name, id",
                        Choice.class)
                .setParameter("department", departmentId)
                .setParameter("kind", kind)
                .setParameter("all", !onlyOffered)
                .setMaxResults(1000)
                .getResultList();
    }

    /// @throws ProblemException 422 `choice-unknown`
    public void requireType(UUID departmentId, UUID typeId) {
        boolean offered = find(Choice.Kind.TYPE, typeId)
                .filter(type -> type.departmentId().equals(departmentId) && !type.isRetired())
                .isPresent();
        if (!offered) {
            throw new ProblemException(TicketError.CHOICE_UNKNOWN, "The department has no ticket type " + typeId + ".");
        }
    }

    /// The name of a type, whatever became of it; null for none.
    public @Nullable String nameOfType(@Nullable UUID typeId) {
        return typeId == null
                ? null
                : find(Choice.Kind.TYPE, typeId).map(Choice::name).orElse(null);
    }

    /// @throws ProblemException 422 `choice-unknown`
    public void requireCategory(UUID departmentId, String name) {
        if (!name.equals(OTHER)) {
            require(Choice.Kind.CATEGORY, departmentId, List.of(name));
        }
    }

    /// @throws ProblemException 422 `choice-unknown`
    public void requireRootCauses(UUID departmentId, List<String> names) {
        require(Choice.Kind.ROOT_CAUSE, departmentId, names);
    }

    /// @throws ProblemException 422 `choice-unknown`
    public void requireCloseReason(UUID departmentId, @Nullable String name) {
        if (name != null) {
            require(Choice.Kind.CLOSE_REASON, departmentId, List.of(name));
        }
    }

    private void require(Choice.Kind kind, UUID departmentId, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        List<String> offered = ofDepartment(kind, departmentId, true).stream()
                .map(Choice::name)
                .toList();
        for (String name : names) {
            if (!offered.isEmpty() && !offered.contains(name)) {
                throw new ProblemException(
                        TicketError.CHOICE_UNKNOWN,
                        "There is no " + kind.words() + " " + name + ". Offered are: " + String.join(", ", offered)
                                + ".");
            }
        }
    }
}
