package org.stonechat.ticket.department;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Aggregate;

/// A shop, brand or country team, with the pipeline its tickets work along.
@Entity
public class Department implements Aggregate {

    private static final Duration REOPEN_WINDOW_WITHOUT_SOLVED = Duration.ofDays(14);

    @Id
    private UUID id;

    private String name;
    private String slug;

    @Enumerated(EnumType.STRING)
    private Preset preset;

    @Column(name = "one_touch")
    private boolean oneTouch;

    @Column(name = "mail_address")
    private @Nullable String mailAddress;

    private String language;

    @Column(name = "time_zone")
    private String timeZone;

    @Column(name = "auto_close_seconds")
    private long autoCloseSeconds;

    @Column(name = "reopen_seconds")
    private @Nullable Long reopenSeconds;

    private boolean active;

    @Column(name = "unassigns_on_close")
    private boolean unassignsOnClose;

    @Column(name = "reads_referred")
    private boolean readsReferred;

    private int version;
    private long sequence;

    // A pipeline has a handful of stages, and nothing is done with a ticket without them.
    @OneToMany(mappedBy = "department", fetch = FetchType.EAGER, cascade = CascadeType.PERSIST)
    @OrderBy("position")
    private List<Stage> stages = new ArrayList<>();

    protected Department() {}

    Department(UUID id) {
        this.id = id;
    }

    /// Everything an admin sets.
    ///
    /// @param reopenWindow null for what follows from the pipeline
    record Properties(
            String name,
            String slug,
            Preset preset,
            boolean oneTouch,
            @Nullable String mailAddress,
            String language,
            String timeZone,
            Duration autoCloseAfter,
            @Nullable Duration reopenWindow,
            boolean active,
            boolean unassignsOnClose,
            boolean readsReferred) {}

    /// Takes the properties on.
    ///
    /// @return the new state, or empty when nothing is different
    Optional<DepartmentDefined> define(Properties properties) {
        if (version > 0 && properties.equals(properties())) {
            return Optional.empty();
        }
        name = properties.name();
        slug = properties.slug();
        preset = properties.preset();
        oneTouch = properties.oneTouch();
        mailAddress = properties.mailAddress();
        language = properties.language();
        timeZone = properties.timeZone();
        autoCloseSeconds = properties.autoCloseAfter().toSeconds();
        reopenSeconds = properties.reopenWindow() == null
                ? null
                : properties.reopenWindow().toSeconds();
        active = properties.active();
        unassignsOnClose = properties.unassignsOnClose();
        readsReferred = properties.readsReferred();
        version++;
        return Optional.of(defined());
    }

    /// The pipeline every department starts with.
    List<Stage> layPipeline() {
        stages.add(new Stage(this, "New", StageCategory.NEW, 1).asInitial());
        stages.add(new Stage(this, "Open", StageCategory.OPEN, 2).asReopen());
        stages.add(new Stage(this, "Pending", StageCategory.PENDING, 3));
        stages.add(new Stage(this, "On hold", StageCategory.ON_HOLD, 4));
        stages.add(new Stage(this, "Solved", StageCategory.SOLVED, 5).asSolve());
        stages.add(new Stage(this, "Closed", StageCategory.CLOSED, 6).asClose());
        return List.copyOf(stages);
    }

    /// Gives up which stage plays which part, so that others can take over in any order.
    void freeParts() {
        stages.forEach(Stage::dropParts);
    }

    /// Lays the pipeline in this order. What stands on it and is not named any more is retired.
    ///
    /// @param drafts those with an id are stages of this department
    /// @param moves  for retired stages: the label of the stage their tickets go to; those of the others keep
    ///               them
    void lay(List<StageDraft> drafts, Map<UUID, String> moves) {
        Set<UUID> named =
                drafts.stream().map(StageDraft::id).filter(Objects::nonNull).collect(Collectors.toSet());
        List<Stage> before = List.copyOf(stages);
        int position = 1;
        for (StageDraft draft : drafts) {
            UUID known = draft.id();
            Stage stage = known == null ? null : stage(known).orElseThrow();
            if (stage == null) {
                stage = new Stage(this, draft.label(), draft.category(), position);
                stages.add(stage);
            }
            stage.become(draft, position++);
        }
        for (Stage stage : before) {
            if (!named.contains(stage.id())) {
                stage.retire(position++, labelled(moves.get(stage.id())));
            }
        }
        stages.sort(Comparator.comparingInt(Stage::position));
    }

    private @Nullable UUID labelled(@Nullable String label) {
        return stages.stream()
                .filter(stage -> !stage.isRetired() && stage.label().equalsIgnoreCase(label))
                .map(Stage::id)
                .findFirst()
                .orElse(null);
    }

    /// What follows from the pipeline is part of what is told of the department.
    DepartmentDefined pipelineChanged() {
        version++;
        return defined();
    }

    DepartmentDefined defined() {
        return new DepartmentDefined(new DepartmentDefined.Data(
                id,
                name,
                slug,
                preset,
                oneTouch,
                mailAddress,
                language,
                timeZone,
                new DepartmentDefined.Settings(
                        autoCloseAfter(), reopenWindow(), reopenWindow().toDays()),
                active));
    }

    private Properties properties() {
        return new Properties(
                name,
                slug,
                preset,
                oneTouch,
                mailAddress,
                language,
                timeZone,
                autoCloseAfter(),
                reopenSeconds == null ? null : Duration.ofSeconds(reopenSeconds),
                active,
                unassignsOnClose,
                readsReferred);
    }

    public Stage initialStage() {
        return stage(Stage::isInitial, "initial");
    }

    public Stage reopenStage() {
        return stage(Stage::isReopen, "reopen");
    }

    /// Where solving leads: the solve stage, or the close stage on a pipeline without one.
    public Stage solveStage() {
        return stages.stream().filter(Stage::isSolve).findFirst().orElseGet(this::closeStage);
    }

    public Stage closeStage() {
        return stage(Stage::isClose, "close");
    }

    public Optional<Stage> stage(UUID stageId) {
        return stages.stream().filter(stage -> stage.id().equals(stageId)).findFirst();
    }

    /// The first stage of that category, or empty when the pipeline has none.
    public Optional<Stage> stageOf(StageCategory category) {
        return stages.stream()
                .filter(stage -> !stage.isRetired() && stage.category() == category)
                .findFirst();
    }

    /// The pipeline in its order.
    public List<Stage> stages() {
        return stages.stream().filter(stage -> !stage.isRetired()).toList();
    }

    /// The stages that nothing comes to any more, though tickets may still stand on them.
    public List<Stage> retiredStages() {
        return stages.stream().filter(Stage::isRetired).toList();
    }

    /// Where a ticket can go from that stage, in the pipeline's order.
    public List<Stage> reachableFrom(Stage from) {
        return stages().stream()
                .filter(to -> !to.id().equals(from.id()) && from.category().mayBecome(to.category()))
                .toList();
    }

    /// Where a ticket of that category stands when it comes from another department: at the first stage of the
    /// category, else at what is nearest to it.
    public Stage placeFor(StageCategory category) {
        return stageOf(category).orElseGet(() -> switch (category) {
            case NEW -> initialStage();
            case OPEN -> reopenStage();
            case PENDING -> stageOf(StageCategory.ON_HOLD).orElseGet(this::reopenStage);
            case ON_HOLD -> stageOf(StageCategory.PENDING).orElseGet(this::reopenStage);
            case SOLVED -> solveStage();
            case CLOSED -> closeStage();
        });
    }

    /// How long after closing a customer's message still reopens the ticket.
    public Duration reopenWindow() {
        if (reopenSeconds != null) {
            return Duration.ofSeconds(reopenSeconds);
        }
        return stages.stream().anyMatch(Stage::isSolve) ? Duration.ZERO : REOPEN_WINDOW_WITHOUT_SOLVED;
    }

    public Duration autoCloseAfter() {
        return Duration.ofSeconds(autoCloseSeconds);
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    public String name() {
        return name;
    }

    public String slug() {
        return slug;
    }

    public Preset preset() {
        return preset;
    }

    /// True when a public reply solves the ticket unless its author says otherwise.
    public boolean isOneTouch() {
        return oneTouch;
    }

    public @Nullable String mailAddress() {
        return mailAddress;
    }

    public String language() {
        return language;
    }

    public String timeZone() {
        return timeZone;
    }

    public boolean isActive() {
        return active;
    }

    /// True when a closed ticket belongs to nobody.
    public boolean unassignsOnClose() {
        return unassignsOnClose;
    }

    /// True when the department may go on reading tickets that it has referred to another one.
    public boolean readsReferred() {
        return readsReferred;
    }

    public int version() {
        return version;
    }

    private Stage stage(java.util.function.Predicate<Stage> flag, String which) {
        return stages.stream()
                .filter(flag)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("department " + id + " has no " + which + " stage"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Department department && Objects.equals(id, department.id);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(id);
    }
}
