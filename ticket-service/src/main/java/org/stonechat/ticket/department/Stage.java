package org.stonechat.ticket.department;

import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Aggregate;
import org.stonechat.kit.event.Uuid7;

/// One step on a department's pipeline.
@Entity
public class Stage implements Aggregate {

    @Id
    private UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "department_id")
    private Department department;

    private String label;

    @Enumerated(EnumType.STRING)
    private StageCategory category;

    private int position;
    private boolean initial;
    private boolean reopen;
    private boolean solve;
    private boolean close;
    private boolean escalates;
    private boolean retired;

    @Column(name = "moves_to")
    private @Nullable UUID movesTo;

    private long sequence;

    protected Stage() {}

    Stage(Department department, String label, StageCategory category, int position) {
        this.id = Uuid7.next();
        this.department = department;
        this.label = label;
        this.category = category;
        this.position = position;
    }

    Stage asInitial() {
        this.initial = true;
        return this;
    }

    Stage asReopen() {
        this.reopen = true;
        return this;
    }

    Stage asSolve() {
        this.solve = true;
        return this;
    }

    Stage asClose() {
        this.close = true;
        return this;
    }

    Stage thatEscalates() {
        this.escalates = true;
        return this;
    }

    /// Everything that can be set of a stage, to tell whether something is different.
    record State(
            String label,
            int position,
            boolean initial,
            boolean reopen,
            boolean solve,
            boolean close,
            boolean escalates,
            boolean retired,
            @Nullable UUID movesTo) {}

    State state() {
        return new State(label, position, initial, reopen, solve, close, escalates, retired, movesTo);
    }

    /// Leaves the parts it plays to other stages; a pipeline has one stage of each.
    void dropParts() {
        initial = false;
        reopen = false;
        solve = false;
        close = false;
    }

    /// Takes its place on the pipeline; one that was retired is back with it.
    void become(StageDraft draft, int newPosition) {
        label = draft.label();
        position = newPosition;
        initial = draft.initial();
        reopen = draft.reopen();
        solve = draft.solve();
        close = draft.close();
        escalates = draft.escalates();
        retired = false;
        movesTo = null;
    }

    /// Nothing comes here any more. What stands here stays, or goes to another stage.
    ///
    /// @param next null when its tickets keep it
    void retire(int newPosition, @Nullable UUID next) {
        dropParts();
        position = newPosition;
        retired = true;
        if (next != null) {
            movesTo = next;
        }
    }

    StageDefined defined() {
        return new StageDefined(new StageDefined.Data(
                id, department.id(), label, category, position, initial, reopen, solve, close, escalates, retired));
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    public String label() {
        return label;
    }

    public StageCategory category() {
        return category;
    }

    public int position() {
        return position;
    }

    public boolean isInitial() {
        return initial;
    }

    public boolean isReopen() {
        return reopen;
    }

    public boolean isSolve() {
        return solve;
    }

    public boolean isClose() {
        return close;
    }

    public boolean escalates() {
        return escalates;
    }

    /// True when nothing comes here any more.
    public boolean isRetired() {
        return retired;
    }

    /// Where the tickets of a retired stage go; null when they keep it.
    public @Nullable UUID movesTo() {
        return movesTo;
    }
}
