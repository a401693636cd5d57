package org.stonechat.ticket.department;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.work.DueWork;
import org.stonechat.ticket.TicketError;

/// Laying the pipelines of departments.
@ApplicationScoped
public class Pipelines {

    /// The kind of the work that moves the tickets of a retired stage; its subject is the stage.
    public static final String RETIREMENT = "stage-retirement";

    private final DepartmentRepository repository;
    private final EventLog eventLog;
    private final DueWork dueWork;
    private final InstantSource clock;

    private final Audit audit;

    Pipelines(DepartmentRepository repository, EventLog eventLog, DueWork dueWork, InstantSource clock, Audit audit) {
        this.repository = repository;
        this.eventLog = eventLog;
        this.dueWork = dueWork;
        this.clock = clock;
        this.audit = audit;
    }

    /// Lays the pipeline in this order. A draft without an id is the stage that has its label and category,
    /// if there is one; so the same pipeline again changes nothing. Stages that are not named are retired.
    ///
    /// @param moves for stages that are retired with it: the label of the stage their tickets are moved to,
    ///              shortly after. The tickets of the others keep their stage until somebody moves them
    /// @throws ProblemException 422 `pipeline-invalid` or `stage-unknown`
    @Transactional
    public Department lay(UUID departmentId, List<StageDraft> drafts, Map<UUID, String> moves) {
        Department department =
                repository.lock(departmentId).orElseThrow(() -> ProblemException.notFound("department"));
        List<StageDraft> known = recognised(department, drafts);
        requireOneOfEach(known);
        requireSensibleMoves(department, known, moves);
        Map<UUID, Stage.State> before = new HashMap<>();
        department.stages().forEach(stage -> before.put(stage.id(), stage.state()));
        department.retiredStages().forEach(stage -> before.put(stage.id(), stage.state()));
        Map<UUID, StageView> old = new HashMap<>();
        department.stages().forEach(stage -> old.put(stage.id(), StageView.from(department, stage)));
        department.retiredStages().forEach(stage -> old.put(stage.id(), StageView.from(department, stage)));
        Duration windowBefore = department.reopenWindow();
        // The database knows one stage of each part at any moment.
        department.freeParts();
        repository.flush();
        department.lay(known, moves);
        List<Stage> all = new ArrayList<>(department.stages());
        all.addAll(department.retiredStages());
        for (Stage stage : all) {
            if (!stage.state().equals(before.get(stage.id()))) {
                eventLog.append(Departments.TOPIC, stage, stage.defined());
                audit.changed(
                        "stage", stage.id(), Changes.between(old.get(stage.id()), StageView.from(department, stage)));
            }
        }
        if (!windowBefore.equals(department.reopenWindow())) {
            eventLog.append(Departments.TOPIC, department, department.pipelineChanged());
        }
        for (UUID retired : moves.keySet()) {
            dueWork.schedule(
                    RETIREMENT,
                    retired.toString(),
                    clock.instant(),
                    null,
                    new Retirement(departmentId, retired, false));
        }
        repository.flush();
        return department;
    }

    /// The tickets of a stage are to be moved on.
    ///
    /// @param last true when it only looks once more for what came in the very moment the stage was retired
    public record Retirement(UUID departmentId, UUID stageId, boolean last) {}

    private static List<StageDraft> recognised(Department department, List<StageDraft> drafts) {
        List<StageDraft> known = new ArrayList<>();
        Set<UUID> ids = new HashSet<>();
        Set<String> labels = new HashSet<>();
        for (StageDraft draft : drafts) {
            StageDraft found = draft.id() != null
                    ? draft
                    : department.stages().stream()
                            .filter(stage -> stage.category() == draft.category()
                                    && stage.label().equalsIgnoreCase(draft.label()))
                            .findFirst()
                            .map(stage -> draft.of(stage.id()))
                            .orElse(draft);
            UUID id = found.id();
            if (id != null) {
                Stage stage = department
                        .stage(id)
                        .orElseThrow(() -> new ProblemException(
                                TicketError.STAGE_UNKNOWN, department.name() + " has no stage " + id + "."));
                if (stage.category() != found.category()) {
                    throw invalid("The category of " + stage.label() + " is " + stage.category()
                            + " for good. Retire it and make a new stage.");
                }
                if (!ids.add(id)) {
                    throw invalid("The stage " + stage.label() + " is named twice.");
                }
            }
            if (!labels.add(found.label().toLowerCase(Locale.ROOT))) {
                throw invalid("Two stages are called " + found.label() + ".");
            }
            known.add(found);
        }
        return known;
    }

    private static void requireOneOfEach(List<StageDraft> drafts) {
        requireOne(
                drafts,
                StageDraft::initial,
                "initial",
                draft -> !draft.category().folded(),
                "not be folded");
        requireOne(
                drafts,
                StageDraft::reopen,
                "reopen",
                draft -> draft.category() == StageCategory.OPEN,
                "be of the category OPEN");
        requireOne(
                drafts,
                StageDraft::close,
                "close",
                draft -> draft.category() == StageCategory.CLOSED,
                "be of the category CLOSED");
        boolean solves = drafts.stream().anyMatch(draft -> draft.category() == StageCategory.SOLVED);
        if (solves || drafts.stream().anyMatch(StageDraft::solve)) {
            requireOne(
                    drafts,
                    StageDraft::solve,
                    "solve",
                    draft -> draft.category() == StageCategory.SOLVED,
                    "be of the category SOLVED");
        }
    }

    private static void requireOne(
            List<StageDraft> drafts,
            Predicate<StageDraft> part,
            String name,
            Predicate<StageDraft> fits,
            String requirement) {
        List<StageDraft> players = drafts.stream().filter(part).toList();
        if (players.size() != 1) {
            throw invalid("A pipeline has exactly one " + name + " stage, not " + players.size() + ".");
        }
        if (!fits.test(players.getFirst())) {
            throw invalid("The " + name + " stage must " + requirement + ".");
        }
    }

    private static void requireSensibleMoves(Department department, List<StageDraft> drafts, Map<UUID, String> moves) {
        moves.forEach((from, to) -> {
            Stage retired = department
                    .stage(from)
                    .orElseThrow(() -> new ProblemException(
                            TicketError.STAGE_UNKNOWN, department.name() + " has no stage " + from + "."));
            if (drafts.stream().anyMatch(draft -> from.equals(draft.id()))) {
                throw invalid(retired.label() + " is not retired, so nothing can be moved from it.");
            }
            StageDraft target = drafts.stream()
                    .filter(draft -> draft.label().equalsIgnoreCase(to))
                    .findFirst()
                    .orElseThrow(() -> invalid("Tickets can be moved to a stage that stays, not to " + to + "."));
            if (!retired.category().mayBecome(target.category())
                    || retired.category().folded() != target.category().folded()) {
                throw invalid("Tickets cannot be moved from " + retired.label() + " to " + target.label()
                        + ": they would be solved, reopened, or new again.");
            }
        });
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(TicketError.PIPELINE_INVALID, detail);
    }
}
