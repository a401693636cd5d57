package org.stonechat.ticket.conversation;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.FileNames;
import org.stonechat.ticket.event.AttachmentFacts;

/// A file of a ticket; its bytes are a blob.
@Entity
public class Attachment {

    @Id
    private UUID id;

    @Column(name = "ticket_id")
    private UUID ticketId;

    @Column(name = "message_id")
    private @Nullable UUID messageId;

    private String name;
    private String sha256;
    private long size;

    @Column(name = "content_type")
    private String contentType;

    private boolean inline;

    @Column(name = "content_id")
    private @Nullable String contentId;

    @Column(name = "added_by")
    private @Nullable UUID addedBy;

    @Column(name = "added_at")
    private Instant addedAt;

    protected Attachment() {}

    /// @param name as somebody gave it, mail and channels included
    /// @param messageId null while it belongs to the ticket alone
    /// @param contentId how the HTML of a mail refers to it (RFC 2392), without brackets
    public Attachment(
            UUID id,
            UUID ticketId,
            @Nullable UUID messageId,
            String name,
            String sha256,
            long size,
            String contentType,
            boolean inline,
            @Nullable String contentId,
            @Nullable UUID addedBy,
            Instant addedAt) {
        this.id = id;
        this.ticketId = ticketId;
        this.messageId = messageId;
        this.name = FileNames.safe(name);
        this.sha256 = sha256;
        this.size = size;
        this.contentType = contentType;
        this.inline = inline;
        this.contentId = contentId;
        this.addedBy = addedBy;
        this.addedAt = addedAt;
    }

    /// It goes out with this message from now on.
    public void joinMessage(UUID message) {
        if (messageId != null) {
            throw new IllegalStateException("attachment " + id + " belongs to another message");
        }
        messageId = message;
    }

    /// The same bytes for a message of another ticket.
    public Attachment copy(UUID copyId, UUID ticket, UUID message) {
        return new Attachment(
                copyId, ticket, message, name, sha256, size, contentType, inline, contentId, addedBy, addedAt);
    }

    /// Its message did not go out; it can go out with another.
    public void leaveMessage() {
        messageId = null;
    }

    public AttachmentFacts facts() {
        return new AttachmentFacts(id, sha256, size, contentType, inline, contentId);
    }

    public UUID id() {
        return id;
    }

    public UUID ticketId() {
        return ticketId;
    }

    public @Nullable UUID messageId() {
        return messageId;
    }

    public String name() {
        return name;
    }

    public String sha256() {
        return sha256;
    }

    public long size() {
        return size;
    }

    public String contentType() {
        return contentType;
    }

    public boolean isInline() {
        return inline;
    }

    public @Nullable String contentId() {
        return contentId;
    }

    public Instant addedAt() {
        return addedAt;
    }
}
