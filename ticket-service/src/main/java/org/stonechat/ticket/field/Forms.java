package org.stonechat.ticket.field;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.DepartmentRepository;

/// Setting fields and forms up, and what a form asks of a ticket.
@ApplicationScoped
public class Forms {

    private static final int LONGEST_CHAIN = 10;

    private final FieldRepository repository;
    private final DepartmentRepository departments;

    private final Audit audit;

    Forms(FieldRepository repository, DepartmentRepository departments, Audit audit) {
        this.repository = repository;
        this.departments = departments;
        this.audit = audit;
    }

    record PutField(CustomField field, boolean created) {}

    record PutForm(Form form, boolean created) {}

    /// @throws ProblemException 409 when the code is another field's, or code or kind are not what they were
    @Transactional
    PutField put(UUID id, String code, FieldKind kind, CustomField.Properties properties) {
        properties.departmentIds().forEach(departments::known);
        Optional<CustomField> existing = repository.lock(id);
        if (existing.isEmpty()) {
            if (repository.byCode(code).isPresent()) {
                throw new ProblemException(TicketError.FIELD_CODE_TAKEN, "Choose another code than " + code + ".");
            }
            CustomField field = new CustomField(id, code, kind);
            field.define(properties);
            repository.persist(field);
            audit.changed("field", id, Changes.between(null, FieldView.from(field)));
            return new PutField(field, true);
        }
        CustomField field = existing.get();
        if (!field.code().equals(code) || field.kind() != kind) {
            throw new ProblemException(
                    TicketError.FIELD_FIXED, "It is a " + field.kind() + " called " + field.code() + " for ever.");
        }
        FieldView old = FieldView.from(field);
        field.define(properties);
        audit.changed("field", id, Changes.between(old, FieldView.from(field)));
        return new PutField(field, false);
    }

    /// @throws ProblemException 409 when another form is in use there, 422 for unknown fields and circles
    @Transactional
    PutForm put(UUID id, Form.Properties properties) {
        if (properties.departmentId() != null) {
            departments.known(properties.departmentId());
        }
        requireFields(properties);
        requireNoCircle(id, properties.extendsId());
        Optional<Form> there = properties.inUse()
                ? repository.formAt(properties.departmentId(), properties.typeId())
                : Optional.empty();
        if (there.isPresent() && !there.get().id().equals(id)) {
            throw new ProblemException(
                    TicketError.FORM_TAKEN, "The form " + there.get().name() + " is in use there already.");
        }
        Optional<Form> existing = repository.lockForm(id);
        Form form = existing.orElseGet(() -> new Form(id));
        FormView old = existing.map(FormView::from).orElse(null);
        form.define(properties);
        if (existing.isEmpty()) {
            repository.persist(form);
        }
        audit.changed("form", id, Changes.between(old, FormView.from(form)));
        return new PutForm(form, existing.isEmpty());
    }

    /// @throws ProblemException 409 while others extend it
    @Transactional
    void delete(UUID id) {
        Form form = repository.lockForm(id).orElseThrow(() -> ProblemException.notFound("form"));
        if (repository.isExtended(id)) {
            throw new ProblemException(TicketError.FORM_EXTENDED, "Other forms extend " + form.name() + ".");
        }
        audit.changed("form", id, Changes.between(FormView.from(form), null));
        repository.delete(form);
    }

    private void requireFields(Form.Properties properties) {
        List<UUID> ids = properties.items().stream().map(FormItem::fieldId).toList();
        Set<UUID> known = new HashSet<>();
        repository.byIds(ids).forEach(field -> known.add(field.id()));
        for (UUID fieldId : ids) {
            if (!known.contains(fieldId)) {
                throw new ProblemException(TicketError.FIELD_UNKNOWN, "There is no field " + fieldId + ".");
            }
        }
    }

    private void requireNoCircle(UUID id, @Nullable UUID extendsId) {
        UUID next = extendsId;
        for (int depth = 0; next != null; depth++) {
            if (next.equals(id) || depth == LONGEST_CHAIN) {
                throw new ProblemException(
                        TicketError.FORM_CIRCLE,
                        "A form extends another one, not itself, and at most " + LONGEST_CHAIN + " in a row.");
            }
            UUID wanted = next;
            next = repository
                    .form(next)
                    .orElseThrow(
                            () -> new ProblemException(TicketError.FORM_UNKNOWN, "There is no form " + wanted + "."))
                    .extendsId();
        }
    }

    /// A field as a form asks for it.
    public record Asked(CustomField field, FormItem item) {}

    /// What a ticket of this department and type is asked for: the core form's fields first, each said by the
    /// form nearest to the ticket. Retired fields and those of other departments are left out. Empty without
    /// a form.
    public List<Asked> of(UUID departmentId, @Nullable UUID typeId) {
        Optional<Form> form = repository.formFor(departmentId, typeId);
        return form.map(found -> asked(found, departmentId)).orElse(List.of());
    }

    private List<Asked> asked(Form form, UUID departmentId) {
        List<Form> chain = new ArrayList<>();
        Form next = form;
        while (next != null && chain.size() <= LONGEST_CHAIN) {
            chain.addFirst(next);
            next = next.extendsId() == null
                    ? null
                    : repository.form(next.extendsId()).orElse(null);
        }
        Map<UUID, FormItem> items = new LinkedHashMap<>();
        chain.forEach(part -> part.items().forEach(item -> items.put(item.fieldId(), item)));
        Map<UUID, CustomField> fields = new HashMap<>();
        repository.byIds(items.keySet()).forEach(field -> fields.put(field.id(), field));
        return items.values().stream()
                .filter(item -> {
                    CustomField field = fields.get(item.fieldId());
                    return field != null && !field.isRetired() && field.isOf(departmentId);
                })
                .map(item -> new Asked(java.util.Objects.requireNonNull(fields.get(item.fieldId())), item))
                .toList();
    }

    /// Whether the form wants an answer before the ticket is solved.
    ///
    /// @param properties what the ticket has, by the name of the property; several values for one that has
    ///                   several
    public static boolean required(FormItem item, Map<String, ? extends Set<String>> properties) {
        return switch (item.required() == null ? FormItem.Required.NEVER : item.required()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case WHEN ->
                item.when() != null
                        && item.when().stream().allMatch(condition -> {
                            Set<String> has = properties.get(condition.property());
                            return has != null && condition.values().stream().anyMatch(has::contains);
                        });
        };
    }
}
