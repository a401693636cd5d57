package org.stonechat.ticket.view;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/// A view that somebody keeps.
@Entity
@Table(name = "saved_view")
class SavedView {

    @Id
    private UUID id;

    private String name;

    @Enumerated(EnumType.STRING)
    private ViewScope scope;

    @Column(name = "owner_id")
    private UUID ownerId;

    @Column(name = "department_id")
    private @Nullable UUID departmentId;

    @Convert(converter = ViewDefinitionConverter.class)
    private ViewDefinition definition;

    @Column(name = "created_at")
    private Instant createdAt;

    private int version;

    protected SavedView() {}

    SavedView(UUID id, UUID ownerId, Instant createdAt) {
        this.id = id;
        this.ownerId = ownerId;
        this.createdAt = createdAt;
    }

    /// @param inDepartment for the scope DEPARTMENT
    void define(String newName, ViewScope newScope, @Nullable UUID inDepartment, ViewDefinition newDefinition) {
        if (version > 0
                && newName.equals(name)
                && newScope == scope
                && java.util.Objects.equals(inDepartment, departmentId)
                && newDefinition.equals(definition)) {
            return;
        }
        name = newName;
        scope = newScope;
        departmentId = inDepartment;
        definition = newDefinition;
        version++;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    ViewScope scope() {
        return scope;
    }

    UUID ownerId() {
        return ownerId;
    }

    @Nullable
    UUID departmentId() {
        return departmentId;
    }

    ViewDefinition definition() {
        return definition;
    }

    int version() {
        return version;
    }
}
