package org.stonechat.ticket.draft;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.conversation.RecipientsConverter;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Recipients;

/// What one agent is writing on one ticket.
@Entity
@IdClass(Draft.Key.class)
class Draft {

    /// One draft per agent and ticket.
    record Key(UUID agentId, UUID ticketId) implements Serializable {}

    @Id
    @Column(name = "agent_id")
    private UUID agentId;

    @Id
    @Column(name = "ticket_id")
    private UUID ticketId;

    @Enumerated(EnumType.STRING)
    private MessageKind kind = MessageKind.PUBLIC_REPLY;

    private @Nullable String subject;

    @Column(name = "body_text")
    private String bodyText = "";

    @Column(name = "body_html")
    private @Nullable String bodyHtml;

    @Convert(converter = RecipientsConverter.class)
    private Recipients recipients = Recipients.NONE;

    @Enumerated(EnumType.STRING)
    private @Nullable DeliverVia channel;

    @Column(name = "based_on_message_id")
    private @Nullable UUID basedOnMessageId;

    private @Nullable Boolean solve;

    @Column(name = "mail_copy")
    private @Nullable Boolean mailCopy;

    @Column(name = "reply_all")
    private @Nullable Boolean replyAll;

    @Column(name = "send_at")
    private @Nullable Instant sendAt;

    @Column(name = "attachment_ids")
    private List<UUID> attachmentIds = new ArrayList<>();

    @Column(name = "returned_message_id")
    private @Nullable UUID returnedMessageId;

    @Column(name = "returned_reason")
    private @Nullable String returnedReason;

    @Column(name = "returned_at")
    private @Nullable Instant returnedAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    private int version;

    protected Draft() {}

    Draft(UUID agentId, UUID ticketId, Instant now) {
        this.agentId = agentId;
        this.ticketId = ticketId;
        this.updatedAt = now;
    }

    void write(DraftContent content, Instant now) {
        kind = content.kind();
        subject = content.subject();
        bodyText = content.body().text();
        bodyHtml = content.body().html();
        recipients = content.recipients();
        channel = content.channel();
        basedOnMessageId = content.basedOnMessageId();
        solve = content.solve();
        mailCopy = content.mailCopy();
        replyAll = content.replyAll();
        sendAt = content.sendAt();
        attachmentIds = new ArrayList<>(content.attachmentIds());
        updatedAt = now;
        version++;
    }

    /// A message came back to its author.
    void returned(@Nullable UUID messageId, String reason, Instant now) {
        returnedMessageId = messageId;
        returnedReason = reason;
        returnedAt = now;
        updatedAt = now;
        version++;
    }

    DraftView view() {
        return new DraftView(
                kind,
                subject,
                bodyText,
                bodyHtml,
                recipients.to(),
                recipients.cc(),
                channel,
                basedOnMessageId,
                solve,
                mailCopy,
                replyAll,
                sendAt,
                List.copyOf(attachmentIds),
                returnedReason == null || returnedAt == null
                        ? null
                        : new DraftView.Returned(returnedMessageId, returnedReason, returnedAt),
                updatedAt,
                version);
    }

    int version() {
        return version;
    }
}
