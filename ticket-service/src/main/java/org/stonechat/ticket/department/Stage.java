package org.stonechat.ticket.department;

import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;

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

    StageDefined defined() {
        return new StageDefined(new StageDefined.Data(
                id, department.id(), label, category, position, initial, reopen, solve, close, escalates));
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
}
