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
import org.stonechat.ticket.event.MailCopy;
import org.stonechat.ticket.event.MessageFacts;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.MessageText;
import org.stonechat.ticket.event.Recipients;
import org.stonechat.ticket.event.ReplyThread;
import org.stonechat.ticket.event.Signature;

/// One entry of a conversation.
@Entity
public class Message {

    private static final int LONGEST_HTML_IN_EVENTS = 32 * 1024;

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

    @Column(name = "sender_address")
    private @Nullable String senderAddress;

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

    @Enumerated(EnumType.STRING)
    @Column(name = "mail_copy_state")
    private @Nullable MailCopy mailCopyState;

    @Column(name = "mail_copy_reason")
    private @Nullable String mailCopyReason;

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

    @Column(name = "send_at")
    private @Nullable Instant sendAt;

    @Column(name = "one_touch")
    private boolean oneTouch;

    private List<UUID> mentions = new ArrayList<>();

    @Column(name = "signature_text")
    private @Nullable String signatureText;

    @Column(name = "signature_html")
    private @Nullable String signatureHtml;

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
        this.senderAddress = message.senderAddress();
        this.mentions = new ArrayList<>(message.mentions());
        if (message.signature() != null) {
            this.signatureText = message.signature().text();
            this.signatureHtml = message.signature().html();
        }
        if (message.body().whole() != null) {
            this.bodySha256 = message.body().whole().sha256();
            this.bodySize = message.body().whole().size();
        }
    }

    /// Lets a public reply wait until then. Nobody is told of it before, and it can be withdrawn.
    ///
    /// @param solvesByOneTouch what the event will say of the solving
    public void waitUntil(Instant dueAt, boolean solvesByOneTouch) {
        if (deliverVia == null) {
            throw new IllegalStateException("message " + id + " goes nowhere");
        }
        delivery = Delivery.SCHEDULED;
        sendAt = dueAt;
        oneTouch = solvesByOneTouch;
    }

    /// The waiting is over: it goes out now, as the newest of this ticket, which is another one than before
    /// when that was merged meanwhile.
    public void goOut(UUID intoTicketId, int newestPosition, Instant now) {
        requireScheduled();
        ticketId = intoTicketId;
        position = newestPosition;
        at = now;
        sendAt = null;
        delivery = deliverVia == DeliverVia.PORTAL ? Delivery.PUBLISHED : Delivery.QUEUED;
    }

    /// It goes back to its author instead of going out.
    ///
    /// @param end    WITHDRAWN or HELD_BACK
    /// @param reason a stable code; null when the author wanted it so
    public void comeBack(Delivery end, @Nullable String reason) {
        requireScheduled();
        delivery = end;
        deliveryReason = reason;
        sendAt = null;
    }

    private void requireScheduled() {
        if (delivery != Delivery.SCHEDULED) {
            throw new IllegalStateException("message " + id + " is " + delivery);
        }
    }

    /// A public draft (of a review's answer) that its author does not want any more.
    public void discard() {
        if (delivery != Delivery.DRAFT) {
            throw new IllegalStateException("message " + id + " is " + delivery);
        }
        delivery = Delivery.WITHDRAWN;
    }

    /// Notes what became of the message on its way out.
    ///
    /// @return the state before, or empty when this is no news: the same state, or one that comes too late
    public Optional<Delivery> deliver(Delivery next, @Nullable String reason) {
        boolean late = (delivery == Delivery.SENT || delivery == Delivery.PUBLISHED)
                && next != Delivery.FAILED
                && next != Delivery.WITHDRAWN;
        if (delivery == next || late) {
            return Optional.empty();
        }
        Delivery before = delivery;
        delivery = next;
        deliveryReason = reason;
        return Optional.of(before);
    }

    /// Notes what became of the copy by mail. What comes of the mail may be heard of before whose it is to send.
    ///
    /// @return false when this is no news, or when no copy was wanted
    public boolean copied(MailCopy next, @Nullable String reason) {
        boolean late = mailCopyState != null && mailCopyState.settled() && !next.settled();
        if (!mailCopy || mailCopyState == next || mailCopyState == MailCopy.SENT || late) {
            return false;
        }
        mailCopyState = next;
        mailCopyReason = reason;
        return true;
    }

    /// Somebody wants the copy that failed tried again.
    public void copyAgain() {
        if (mailCopyState != MailCopy.FAILED) {
            throw new IllegalStateException("the copy of message " + id + " is " + mailCopyState);
        }
        mailCopyState = MailCopy.QUEUED;
        mailCopyReason = null;
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
                List.copyOf(mentions),
                mailCopy,
                solve,
                thread,
                bodySha256 == null ? null : new MessageFacts.BodyBlob(bodySha256, bodySize));
    }

    public MessageText text(List<Attachment> attachments) {
        return new MessageText(
                bodyText,
                htmlForEvents(),
                subject,
                authorName,
                recipients,
                attachments.stream().collect(Collectors.toMap(Attachment::id, Attachment::name)),
                signature());
    }

    /// Long HTML stays in the conversation unless it is sent out: an event is no place for half a megabyte.
    private @Nullable String htmlForEvents() {
        return deliverVia == null && bodyHtml != null && bodyHtml.length() > LONGEST_HTML_IN_EVENTS ? null : bodyHtml;
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
                        null)
                .sentFrom(senderAddress);
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

    /// Where a mail says it came from; null for what came otherwise, and in mail of earlier times.
    public @Nullable String senderAddress() {
        return senderAddress;
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

    /// What became of the copy by mail; null when there is none, or not yet.
    public @Nullable MailCopy mailCopyState() {
        return mailCopyState;
    }

    /// Why it failed.
    public @Nullable String mailCopyReason() {
        return mailCopyReason;
    }

    public boolean solves() {
        return solve;
    }

    /// When it goes out, while it waits; null otherwise.
    public @Nullable Instant sendAt() {
        return sendAt;
    }

    public boolean isOneTouch() {
        return oneTouch;
    }

    /// Agents and teams named in it.
    public List<UUID> mentions() {
        return List.copyOf(mentions);
    }

    public @Nullable Signature signature() {
        return signatureText == null ? null : new Signature(signatureText, signatureHtml);
    }

    /// True for what came by mail.
    public boolean cameByMail() {
        return mailId != null;
    }
}
