package org.stonechat.ticket.channel;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/// A connected messenger.
@Entity(name = "MessagingChannel")
@Table(name = "channel")
class Channel {

    @Id
    private UUID id;

    private String name;

    @Column(name = "department_id")
    private UUID departmentId;

    @Column(name = "team_id")
    private @Nullable UUID teamId;

    @Column(name = "outbound_url")
    private @Nullable String outboundUrl;

    private byte[] secret;
    private boolean active;

    @Column(name = "created_at")
    private Instant createdAt;

    private int version;

    protected Channel() {}

    Channel(UUID id, ChannelRequest request, byte[] sealedSecret, Instant createdAt) {
        this.id = id;
        this.secret = sealedSecret;
        this.createdAt = createdAt;
        this.version = 1;
        take(request);
    }

    /// @param sealedSecret null to keep the one there is
    void change(ChannelRequest request, byte @Nullable [] sealedSecret) {
        take(request);
        if (sealedSecret != null) {
            secret = sealedSecret;
        }
        version++;
    }

    private void take(ChannelRequest request) {
        name = request.name().strip();
        departmentId = request.departmentId();
        teamId = request.teamId();
        outboundUrl = request.outboundUrl();
        active = request.active() == null || request.active();
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    UUID departmentId() {
        return departmentId;
    }

    @Nullable
    UUID teamId() {
        return teamId;
    }

    @Nullable
    String outboundUrl() {
        return outboundUrl;
    }

    byte[] sealedSecret() {
        return secret.clone();
    }

    boolean isActive() {
        return active;
    }

    Instant createdAt() {
        return createdAt;
    }

    int version() {
        return version;
    }
}
