package org.stonechat.ticket.organisation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

import org.jspecify.annotations.Nullable;

/// A company that contacts belong to.
@Entity
public class Organisation {

    @Id
    private UUID id;

    private String name;

    @Column(name = "department_ids")
    private List<UUID> departmentIds = new ArrayList<>();

    private @Nullable String note;

    @Column(name = "created_at")
    private Instant createdAt;

    private int version;

    protected Organisation() {}

    Organisation(UUID id, OrganisationRequest request, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt;
        this.version = 1;
        take(request);
    }

    void change(OrganisationRequest request) {
        take(request);
        version++;
    }

    private void take(OrganisationRequest request) {
        name = request.name().strip();
        departmentIds =
                new ArrayList<>(request.departmentIds().stream().distinct().toList());
        note = request.note();
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public List<UUID> departmentIds() {
        return List.copyOf(departmentIds);
    }

    public @Nullable String note() {
        return note;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public int version() {
        return version;
    }
}
