package org.stonechat.ticket.field;

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

/// Custom fields and forms.
@ApplicationScoped
public class FieldRepository implements PanacheRepositoryBase<CustomField, UUID> {

    private static final String SCOPED =
            " and (cardinality(department_ids) = 0 or department_ids && cast(:departments as uuid[]))";
    private static final String FORMS_SCOPED =
            " and (department_id is null or department_id = any(cast(:departments as uuid[])))";

    public Optional<CustomField> byCode(String code) {
        return find("code", code).firstResultOptional();
    }

    public List<CustomField> byCodes(Collection<String> codes) {
        return codes.isEmpty() ? List.of() : list("code in ?1", codes);
    }

    List<CustomField> byIds(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : list("id in ?1", ids);
    }

    Optional<CustomField> lock(UUID id) {
        return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
    }

    /// @param departments null for all fields
    @SuppressWarnings("unchecked")
    List<CustomField> inOrder(@Nullable Set<UUID> departments, int limit, String afterLabel, UUID afterId) {
        Query query = getEntityManager()
                .createNativeQuery(
                        "select * from field where (label, id) > (:label, :id)"
                                + (departments == null ? "" : SCOPED)
                                + " order by label, id limit :limit",
                        CustomField.class)
                .setParameter("label", afterLabel)
                .setParameter("id", afterId)
                .setParameter("limit", limit);
        if (departments != null) {
            query.setParameter("departments", departments.toArray(UUID[]::new));
        }
        return query.getResultList();
    }

    Optional<Form> form(UUID id) {
        return Optional.ofNullable(getEntityManager().find(Form.class, id));
    }

    Optional<Form> lockForm(UUID id) {
        return Optional.ofNullable(getEntityManager().find(Form.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    void persist(Form form) {
        getEntityManager().persist(form);
    }

    void delete(Form form) {
        getEntityManager().remove(form);
    }

    boolean isExtended(UUID formId) {
        return getEntityManager()
                        .createQuery("select count(*) from Form where extendsId = :id", Long.class)
                        .setParameter("id", formId)
                        .getSingleResult()
                > 0;
    }

    /// The form in use at exactly this place.
    @SuppressWarnings("unchecked")
    Optional<Form> formAt(@Nullable UUID departmentId, @Nullable UUID typeId) {
        return getEntityManager()
                .createNativeQuery(
                        "select * from form where in_use and department_id is not distinct from cast(:department as uuid)"
                                + " and type_id is not distinct from cast(:type as uuid)",
                        Form.class)
                .setParameter("department", departmentId)
                .setParameter("type", typeId)
                .getResultStream()
                .findFirst();
    }

    /// The form for tickets of this department and type: the nearest there is.
    @SuppressWarnings("unchecked")
    Optional<Form> formFor(UUID departmentId, @Nullable UUID typeId) {
        return getEntityManager()
                .createNativeQuery(
                        "select * from form where in_use and (department_id = :department or department_id is null)"
                                + " and (type_id = cast(:type as uuid) or type_id is null)"
                                + " order by department_id is null, type_id is null limit 1",
                        Form.class)
                .setParameter("department", departmentId)
                .setParameter("type", typeId)
                .getResultStream()
                .findFirst();
    }

    /// @param departments null for all forms
    @SuppressWarnings("unchecked")
    List<Form> formsInOrder(@Nullable Set<UUID> departments, int limit, String afterName, UUID afterId) {
        Query query = getEntityManager()
                .createNativeQuery(
                        "select * from form where (name, id) > (:name, :id)"
                                + (departments == null ? "" : FORMS_SCOPED)
                                + " order by name, id limit :limit",
                        Form.class)
                .setParameter("name", afterName)
                .setParameter("id", afterId)
                .setParameter("limit", limit);
        if (departments != null) {
            query.setParameter("departments", departments.toArray(UUID[]::new));
        }
        return query.getResultList();
    }
}
