package org.stonechat.ticket.writing;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.conversation.Body;

/// Words a department has ready.
@Entity
@Table(name = "canned_reply")
class CannedReply {

    @Id
    private UUID id;

    @Column(name = "department_id")
    private UUID departmentId;

    private String title;
    private @Nullable String shortcut;
    private @Nullable String language;

    @Column(name = "body_text")
    private String bodyText;

    @Column(name = "body_html")
    private @Nullable String bodyHtml;

    @Column(name = "changed_at")
    private Instant changedAt;

    private int version;

    protected CannedReply() {}

    CannedReply(UUID id) {
        this.id = id;
    }

    /// Everything that is set of it.
    record Properties(
            UUID departmentId,
            String title,
            @Nullable String shortcut,
            @Nullable String language,
            Body body) {}

    void define(Properties properties, Instant now) {
        departmentId = properties.departmentId();
        title = properties.title();
        shortcut = properties.shortcut();
        language = properties.language();
        bodyText = properties.body().text();
        bodyHtml = Placeholders.kept(properties.body().html());
        changedAt = now;
        version++;
    }

    UUID id() {
        return id;
    }

    UUID departmentId() {
        return departmentId;
    }

    String title() {
        return title;
    }

    @Nullable
    String shortcut() {
        return shortcut;
    }

    @Nullable
    String language() {
        return language;
    }

    String bodyText() {
        return bodyText;
    }

    @Nullable
    String bodyHtml() {
        return bodyHtml;
    }

    Instant changedAt() {
        return changedAt;
    }

    int version() {
        return version;
    }
}
