package org.stonechat.ticket.choice;

import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;

/// One of the things people of a department choose from.
///
/// A ticket names its type by id and the others by name, so that it keeps what was chosen when a name is
/// changed.
@Entity
class Choice {

    /// What is chosen.
    enum Kind {
        TYPE("ticket type"),
        CATEGORY("category"),
        ROOT_CAUSE("root cause"),
        CLOSE_REASON("close reason");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// As a sentence calls it.
        String words() {
            return words;
        }
    }

    @Id
    private UUID id;

    @Column(name = "department_id")
    private UUID departmentId;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String name;
    private int position;
    private boolean retired;
    private int version;

    protected Choice() {}

    Choice(UUID id, UUID departmentId, Kind kind) {
        this.id = id;
        this.departmentId = departmentId;
        this.kind = kind;
    }

    /// Everything that can be set.
    ///
    /// @param retired it is offered no more
    record Properties(String name, int position, boolean retired) {}

    /// Takes the properties on; the same again change nothing.
    void define(Properties properties) {
        if (version > 0 && properties.equals(new Properties(name, position, retired))) {
            return;
        }
        name = properties.name();
        position = properties.position();
        retired = properties.retired();
        version++;
    }

    UUID id() {
        return id;
    }

    UUID departmentId() {
        return departmentId;
    }

    Kind kind() {
        return kind;
    }

    String name() {
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
