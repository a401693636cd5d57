package org.stonechat.ticket.view;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.field.CustomField;
import org.stonechat.ticket.field.FieldKind;
import org.stonechat.ticket.field.FieldRepository;
import org.stonechat.ticket.rights.TicketSight;

/// Views people keep: for themselves, for a department (leads and admins do that), for everyone (admins).
@ApplicationScoped
class SavedViews {

    private final SavedViewRepository repository;
    private final DepartmentRepository departments;
    private final FieldRepository fields;
    private final FilterSql filters;
    private final TicketLists lists;
    private final TicketSight sight;
    private final CurrentUser user;
    private final InstantSource clock;

    SavedViews(
            SavedViewRepository repository,
            DepartmentRepository departments,
            FieldRepository fields,
            FilterSql filters,
            TicketLists lists,
            TicketSight sight,
            CurrentUser user,
            InstantSource clock) {
        this.repository = repository;
        this.departments = departments;
        this.fields = fields;
        this.filters = filters;
        this.lists = lists;
        this.sight = sight;
        this.user = user;
        this.clock = clock;
    }

    @Transactional
    SavedView create(ViewRequest request) {
        requireMayKeep(request.scope(), request.departmentId());
        requirePossible(request.definition());
        SavedView view = new SavedView(Uuid7.next(), user.id(), clock.instant());
        view.define(request.name(), request.scope(), request.departmentId(), request.definition());
        repository.persist(view);
        return view;
    }

    /// @throws ProblemException 404 for what one does not see, 403 for what others keep
    @Transactional
    SavedView change(UUID id, @Nullable String ifMatch, ViewRequest request) {
        SavedView view =
                repository.lock(id).filter(this::isVisible).orElseThrow(() -> ProblemException.notFound("view"));
        ETags.ifMatch(ifMatch, view.version());
        requireMayChange(view);
        requireMayKeep(request.scope(), request.departmentId());
        requirePossible(request.definition());
        view.define(request.name(), request.scope(), request.departmentId(), request.definition());
        return view;
    }

    @Transactional
    void delete(UUID id) {
        SavedView view =
                repository.lock(id).filter(this::isVisible).orElseThrow(() -> ProblemException.notFound("view"));
        requireMayChange(view);
        repository.unstarForAll(id.toString());
        repository.delete(view);
    }

    SavedView read(UUID id) {
        return repository
                .findByIdOptional(id)
                .filter(this::isVisible)
                .orElseThrow(() -> ProblemException.notFound("view"));
    }

    @Transactional
    void star(String view, boolean starred) {
        if (!starred) {
            repository.unstar(user.id(), view);
            return;
        }
        if (spec(view).isEmpty()) {
            throw ProblemException.notFound("view");
        }
        repository.star(user.id(), view, clock.instant());
    }

    /// The list behind the code of a ready-made view or the id of a saved one; empty when there is none to be
    /// seen.
    Optional<ListSpec> spec(String view) {
        Optional<ListSpec> readyMade = View.of(view).map(known -> known.spec(clock.instant()));
        return readyMade.isPresent() ? readyMade : saved(view).map(saved -> spec(saved.definition()));
    }

    /// Whether the caller sees any ticket of the department.
    boolean anyIn(UUID department) {
        return lists.counts(List.of(View.ALL.spec(clock.instant())), sight.ofCaller(), department, 1)
                        .getFirst()
                > 0;
    }

    private Optional<SavedView> saved(String id) {
        try {
            return repository.findByIdOptional(UUID.fromString(id)).filter(this::isVisible);
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private ListSpec spec(ViewDefinition definition) {
        TicketFilter filter = definition.filter() == null ? TicketFilter.NONE : definition.filter();
        // Whoever looks for his own tickets only is read from his own index.
        boolean mine = Boolean.TRUE.equals(filter.mine());
        List<ListSpec.Section> sections = new ArrayList<>();
        List<ListSpec.Section> sorted = sorted(definition.sort());
        for (Sql group : groups(definition.groupBy(), filter)) {
            for (ListSpec.Section section : sorted) {
                sections.add(new ListSpec.Section(new Sql().add(group).add(section.condition()), section.order()));
            }
        }
        // Sorted by a field it has two parts, those without a value last: together they are everything.
        ListSpec.Section counted = sorted.size() == 1 ? sorted.getFirst() : section("", ListOrder.WAITING);
        return new ListSpec(mine, filters.of(filter, user.id()), sections, counted);
    }

    private List<ListSpec.Section> sorted(@Nullable String sort) {
        return switch (sort == null ? "WAITING" : sort) {
            case "WAITING" -> List.of(section("", ListOrder.WAITING));
            case "DUE" -> List.of(section("", ListOrder.DUE));
            case "OLDEST" -> List.of(section("", ListOrder.OLDEST));
            case "NEWEST" -> List.of(section("", ListOrder.NEWEST));
            case "FOLDED" -> List.of(section(" and t.folded_at is not null", ListOrder.FOLDED));
            case "STARS" -> List.of(section(" and t.stars is not null", ListOrder.STARS));
            default -> byField(sort == null ? "" : sort);
        };
    }

    private List<ListSpec.Section> byField(String sort) {
        boolean descending = sort.startsWith("-");
        String code = sort.substring(sort.indexOf('.') + 1);
        CustomField field = fields.byCode(code)
                .filter(known -> known.kind() != FieldKind.MULTI_CHOICE)
                .orElseThrow(() -> ProblemException.invalid(
                        "/definition/sort", "There is no field " + code + " that can be sorted by."));
        return List.of(
                section("", ListOrder.byField(field.id(), descending)),
                new ListSpec.Section(
                        Sql.of(
                                " and not exists (select 1 from ticket_field n where n.ticket_id = t.id and n.field_id = ?)",
                                field.id()),
                        ListOrder.WAITING));
    }

    private static ListSpec.Section section(String condition, ListOrder order) {
        return new ListSpec.Section(Sql.of(condition), order);
    }

    /// A condition for each group, in their order. Stages are grouped by category and label, because
    /// departments call theirs as they like; each group is read from the index of its stages.
    private List<Sql> groups(ViewDefinition.@Nullable Grouping grouping, TicketFilter filter) {
        return switch (grouping) {
            case null -> List.of(new Sql());
            case PRIORITY ->
                List.of(Priority.values()).reversed().stream()
                        .map(priority -> Sql.of(" and t.priority = ?", priority.name()))
                        .toList();
            case STAGE -> stages(filter);
        };
    }

    private List<Sql> stages(TicketFilter filter) {
        Map<StageCategory, Map<String, List<UUID>>> groups = new EnumMap<>(StageCategory.class);
        departments
                .streamAll()
                .flatMap(department -> department.stages().stream())
                .filter(stage -> filter.stageIds() == null || filter.stageIds().contains(stage.id()))
                .filter(stage -> filter.open() == null
                        || filter.open() != stage.category().folded())
                .forEach(stage -> groups.computeIfAbsent(stage.category(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(stage.label(), key -> new ArrayList<>())
                        .add(stage.id()));
        return groups.values().stream()
                .flatMap(labels -> labels.values().stream())
                .map(ids -> Sql.of(" and t.stage_id = any(?)", (Object) ids.toArray(UUID[]::new)))
                .toList();
    }

    boolean isVisible(SavedView view) {
        return switch (view.scope()) {
            case PRIVATE -> view.ownerId().equals(user.id());
            case DEPARTMENT -> view.departmentId() != null && user.inDepartment(view.departmentId());
            case EVERYONE -> true;
        };
    }

    private void requirePossible(ViewDefinition definition) {
        spec(definition);
    }

    private void requireMayChange(SavedView view) {
        if (!view.ownerId().equals(user.id())) {
            requireMayKeep(view.scope(), view.departmentId());
        }
    }

    private void requireMayKeep(ViewScope scope, @Nullable UUID departmentId) {
        switch (scope) {
            case PRIVATE -> {}
            case DEPARTMENT -> {
                user.requireDepartment(java.util.Objects.requireNonNull(departmentId), "department");
                departments.known(departmentId);
                if (!user.hasRole(Roles.LEAD) && !user.hasRole(Roles.ADMIN)) {
                    throw ProblemException.forbidden("Views of a department are kept by its leads and by admins.");
                }
            }
            case EVERYONE -> {
                if (!user.hasRole(Roles.ADMIN) || !user.allDepartments()) {
                    throw ProblemException.forbidden("Views of everyone are kept by admins of all departments.");
                }
            }
        }
    }
}
