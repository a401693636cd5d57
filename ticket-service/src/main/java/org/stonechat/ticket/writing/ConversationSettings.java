package org.stonechat.ticket.writing;

import java.time.Duration;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Signature;

/// How a department writes to its customers.
@Entity
@Table(name = "conversation_settings")
class ConversationSettings {

    @Id
    @Column(name = "department_id")
    private UUID departmentId;

    @Column(name = "undo_seconds")
    private long undoSeconds;

    @Column(name = "signature_text")
    private @Nullable String signatureText;

    @Column(name = "signature_html")
    private @Nullable String signatureHtml;

    private int version;

    protected ConversationSettings() {}

    /// Those of a department that has set nothing: replies go out at once, without a signature of the
    /// department's own.
    ConversationSettings(UUID departmentId) {
        this.departmentId = departmentId;
    }

    void set(Duration undo, @Nullable Signature signature) {
        undoSeconds = undo.toSeconds();
        signatureText = signature == null ? null : signature.text();
        signatureHtml = signature == null ? null : signature.html();
        version++;
    }

    /// How long a public reply waits before it goes out.
    Duration undo() {
        return Duration.ofSeconds(undoSeconds);
    }

    /// With placeholders; null when the department has none.
    @Nullable
    Signature signature() {
        return signatureText == null ? null : new Signature(signatureText, signatureHtml);
    }

    int version() {
        return version;
    }
}
