package org.stonechat.ticket.contact;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Aggregate;

/// A customer.
@Entity
public class Contact implements Aggregate {

    @Id
    private UUID id;

    private @Nullable String name;
    private @Nullable String address;
    private @Nullable String language;

    @Column(name = "created_at")
    private Instant createdAt;

    private int version;
    private long sequence;

    protected Contact() {}

    Contact(UUID id, @Nullable String name, @Nullable String address, @Nullable String language, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.address = address;
        this.language = language;
        this.createdAt = createdAt;
        this.version = 1;
    }

    ContactChanged changed() {
        return new ContactChanged(
                new ContactChanged.Data(id, language),
                new ContactChanged.Personal(name, address == null ? List.of() : List.of(address)));
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    public @Nullable String name() {
        return name;
    }

    /// Lower case; null for somebody who only rang up.
    public @Nullable String address() {
        return address;
    }

    public @Nullable String language() {
        return language;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public int version() {
        return version;
    }
}
