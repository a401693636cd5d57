package org.stonechat.ticket.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MessageFacts;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.MessageText;
import org.stonechat.ticket.event.Recipients;
import org.stonechat.ticket.event.ReplyThread;

/// One entry of a conversation.
@Entity
public class Message {

    @Id
    private UUID id;

    @Column(name = "ticket_id")
    private UUID ticketId;

    private int position;

    @Enumerated(EnumType.STRING)
    private MessageKind kind;

    @Enumerated(EnumType.STRING)
    @Column(name = "deliver_via")
    private @Nullable DeliverVia deliverVia;

    @Enumerated(EnumType.STRING)
    private Delivery delivery;

    @Column(name = "delivery_reason")
    private @Nullable String deliveryReason;

    private Instant at;

    @Column(name = "author_id")
    private @Nullable UUID authorId;

    @Column(name = "author_name")
    private @Nullable String authorName;

    private @Nullable String subject;

    @Column(name = "body_text")
    private String bodyText;

    @Column(name = "body_html")
    private @Nullable String bodyHtml;

    @Convert(converter = RecipientsConverter.class)
    private Recipients recipients;

    @Column(name = "in_reply_to_message_id")
    private @Nullable UUID inReplyToMessageId;

    @Column(name = "mail_copy")
    private boolean mailCopy;

    private boolean solve;

    @Column(name = "rfc_message_id")
    private @Nullable String rfcMessageId;

    @Column(name = "rfc_references")
    private List<String> rfcReferences = new ArrayList<>();

    @Column(name = "mail_id")
    private @Nullable UUID mailId;

    /// The whole text as a blob when it is longer than 32 KiB; `bodyText` then holds its beginning.
    @Column(name = "body_sha256")
    private @Nullable String bodySha256;

    @Column(name = "body_size")
    private long bodySize;

    protected Message() {}

    /// @param position 0 for what the ticket is opened with
    public Message(UUID ticketId, int position, NewMessage message) {
        this.id = message.id();
        this.ticketId = ticketId;
        this.position = position;
        this.kind = message.kind();
        this.deliverVia = message.deliverVia();
        this.delivery = message.delivery();
        this.at = message.at();
        this.authorId = message.authorId();
        this.authorName = message.authorName();
        this.subject = message.subject();
        this.bodyText = message.body().text();
        this.bodyHtml = message.body().html();
        this.recipients = message.recipients();
        this.inReplyToMessageId = message.inReplyToMessageId();
        this.mailCopy = message.mailCopy();
        this.solve = message.solve();
        this.rfcMessageId = message.rfcMessageId();
        this.rfcReferences = new ArrayList<>(message.rfcReferences());
        this.mailId = message.mailId();
        if (message.body().whole() != null) {
            this.bodySha256 = message.body().whole().sha256();
            this.bodySize = message.body().whole().size();
        }
    }

    /// Notes what became of the message on its way out.
    ///
    /// @return the state before, or empty when this is no news: the same state, or one that comes too late
    public Optional<Delivery> deliver(Delivery next, @Nullable String reason) {
        boolean late = (delivery == Delivery.SENT || delivery == Delivery.PUBLISHED) && next != Delivery.FAILED;
        if (delivery == next || late) {
            return Optional.empty();
        }
        Delivery before = delivery;
        delivery = next;
        deliveryReason = reason;
        return Optional.of(before);
    }

    /// @param attachments those of this message
    /// @param contactId the ticket's requester, who wrote what the customer wrote
    /// @param thread    null for what does not go out by mail
    public MessageFacts facts(List<Attachment> attachments, UUID contactId, @Nullable ReplyThread thread) {
        return new MessageFacts(
                id,
                kind,
                deliverVia,
                delivery,
                at,
                kind == MessageKind.CUSTOMER ? contactId : authorId,
                inReplyToMessageId,
                attachments.stream().map(Attachment::facts).toList(),
                List.of(),
                mailCopy,
                solve,
                thread,
                bodySha256 == null ? null : new MessageFacts.BodyBlob(bodySha256, bodySize));
    }

    public MessageText text(List<Attachment> attachments) {
        return new MessageText(
                bodyText,
                bodyHtml,
                subject,
                authorName,
                recipients,
                attachments.stream().collect(Collectors.toMap(Attachment::id, Attachment::name)));
    }

    /// How a reply to this message is threaded under it.
    public ReplyThread threadOfReply() {
        if (rfcMessageId == null) {
            return ReplyThread.NONE;
        }
        List<String> references = new ArrayList<>(rfcReferences);
        references.remove(rfcMessageId);
        references.add(rfcMessageId);
        return new ReplyThread(rfcMessageId, references);
    }

    /// The same words for another ticket; nobody delivers them again.
    public NewMessage copy(UUID copyId) {
        return new NewMessage(
                copyId,
                kind,
                null,
                Delivery.NONE,
                at,
                authorId,
                authorName,
                subject,
                new Body(bodyText, bodyHtml, bodySha256 == null ? null : new BlobRef(bodySha256, bodySize)),
                recipients,
                null,
                false,
                false,
                rfcMessageId,
                List.copyOf(rfcReferences),
                null);
    }

    public UUID id() {
        return id;
    }

    public UUID ticketId() {
        return ticketId;
    }

    public int position() {
        return position;
    }

    public MessageKind kind() {
        return kind;
    }

    public @Nullable DeliverVia deliverVia() {
        return deliverVia;
    }

    public Delivery delivery() {
        return delivery;
    }

    public @Nullable String deliveryReason() {
        return deliveryReason;
    }

    public Instant at() {
        return at;
    }

    public @Nullable UUID authorId() {
        return authorId;
    }

    public @Nullable String authorName() {
        return authorName;
    }

    public @Nullable String subject() {
        return subject;
    }

    public String bodyText() {
        return bodyText;
    }

    public @Nullable String bodyHtml() {
        return bodyHtml;
    }

    public Recipients recipients() {
        return recipients;
    }

    public @Nullable UUID inReplyToMessageId() {
        return inReplyToMessageId;
    }

    public boolean isMailCopy() {
        return mailCopy;
    }

    public boolean solves() {
        return solve;
    }
}
