package org.stonechat.ticket.queue;

import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

import org.stonechat.kit.event.Aggregate;

/// A named line of work inside a department.
@Entity
public class Queue implements Aggregate {

    @Id
    private UUID id;

    @Column(name = "department_id")
    private UUID departmentId;

    private String name;
    private int position;
    private boolean retired;
    private int version;
    private long sequence;

    protected Queue() {}

    Queue(UUID id, UUID departmentId) {
        this.id = id;
        this.departmentId = departmentId;
    }

    /// Everything that can be set.
    ///
    /// @param retired nothing is put in line here any more
    record Properties(String name, int position, boolean retired) {}

    /// Takes the properties on.
    ///
    /// @return the new state, or empty when nothing is different
    Optional<QueueDefined> define(Properties properties) {
        if (version > 0 && properties.equals(new Properties(name, position, retired))) {
            return Optional.empty();
        }
        name = properties.name();
        position = properties.position();
        retired = properties.retired();
        version++;
        return Optional.of(new QueueDefined(new QueueDefined.Data(id, departmentId, name, position, retired)));
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    public UUID departmentId() {
        return departmentId;
    }

    public String name() {
        return name;
    }

    int position() {
        return position;
    }

    boolean isRetired() {
        return retired;
    }

    int version() {
        return version;
    }
}
