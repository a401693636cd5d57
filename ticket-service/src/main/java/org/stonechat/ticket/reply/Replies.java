package org.stonechat.ticket.reply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.conversation.MessageView;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.draft.DraftContent;
import org.stonechat.ticket.draft.Drafts;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Recipients;
import org.stonechat.ticket.mention.Mentions;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.ticket.Conversations;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.TicketRepository;
import org.stonechat.ticket.ticket.TicketReview;
import org.stonechat.ticket.writing.Writing;

/// What people write into conversations.
@ApplicationScoped
class Replies {

    /// A client's clock may be a little behind ours.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private static final Duration FURTHEST = Duration.ofDays(366);
    private static final int MOST_COPIES = 50;

    private final TicketAccess access;
    private final TicketRepository tickets;
    private final DepartmentRepository departments;
    private final MessageRepository messages;
    private final Contacts contacts;
    private final Conversations conversations;
    private final ReplyChannels channels;
    private final Correspondents correspondents;
    private final Mentions mentions;
    private final Writing writing;
    private final Drafts drafts;
    private final Rights rights;
    private final CurrentUser user;
    private final InstantSource clock;

    Replies(
            TicketAccess access,
            TicketRepository tickets,
            DepartmentRepository departments,
            MessageRepository messages,
            Contacts contacts,
            Conversations conversations,
            ReplyChannels channels,
            Correspondents correspondents,
            Mentions mentions,
            Writing writing,
            Drafts drafts,
            Rights rights,
            CurrentUser user,
            InstantSource clock) {
        this.access = access;
        this.tickets = tickets;
        this.departments = departments;
        this.messages = messages;
        this.contacts = contacts;
        this.conversations = conversations;
        this.channels = channels;
        this.correspondents = correspondents;
        this.mentions = mentions;
        this.writing = writing;
        this.drafts = drafts;
        this.rights = rights;
        this.user = user;
        this.clock = clock;
    }

    @Transactional
    MessageView write(UUID ticketId, MessageRequest request) {
        Written written = enter(ticketId, request);
        drafts.sent(user.id(), written.message().ticketId(), written.message().kind());
        return MessageView.from(written.message(), written.attachments());
    }

    private record Written(Message message, List<Attachment> attachments) {}

    /// The same without touching what its author has been writing on the ticket.
    @Transactional
    void writeBesideDrafts(UUID ticketId, MessageRequest request) {
        enter(ticketId, request);
    }

    private Written enter(UUID ticketId, MessageRequest request) {
        Ticket ticket = access.lock(ticketId);
        Department department = departments.of(ticket.departmentId());
        rights.require(Right.EDIT, department);
        Body body = Body.of(request.bodyText(), request.bodyHtml());
        if (body.isEmpty()) {
            throw new ProblemException(TicketError.BODY_EMPTY, "Write something first.");
        }
        List<Attachment> attachments = attachments(ticket, request.attachmentIds());
        Message added = switch (request.kind()) {
            case COMMENT ->
                conversations.add(
                        ticket,
                        NewMessage.internal(
                                        Uuid7.next(),
                                        MessageKind.COMMENT,
                                        clock.instant(),
                                        user.id(),
                                        user.name(),
                                        body)
                                .mentioning(mentions.of(ticket, body.text())),
                        attachments,
                        List.of());
            case PUBLIC_REPLY -> reply(ticket, department, request, body, attachments);
        };
        return new Written(added, attachments);
    }

    /// A reply that was refused because the customer has written since: its words are its author's draft.
    void keep(UUID ticketId, MessageRequest request) {
        drafts.refused(
                user.id(),
                ticketId,
                new DraftContent(
                        MessageKind.PUBLIC_REPLY,
                        null,
                        Body.of(request.bodyText(), request.bodyHtml()),
                        new Recipients(List.of(), cc(request)),
                        request.channel() == null ? null : request.channel().via(),
                        request.basedOnMessageId(),
                        request.solve(),
                        request.mailCopy(),
                        request.replyAll(),
                        request.sendAt(),
                        request.attachmentIds() == null ? List.of() : request.attachmentIds()),
                TicketError.REPLY_OUTDATED.code());
    }

    private Message reply(
            Ticket ticket, Department department, MessageRequest request, Body body, List<Attachment> attachments) {
        if (ticket.stageCategory() == StageCategory.CLOSED) {
            throw new ProblemException(TicketError.TICKET_CLOSED, "Open it again first, or write an internal comment.");
        }
        Message basis = basis(ticket, request.basedOnMessageId());
        Instant dueAt = dueAt(department, request.sendAt());
        // Without a stage for what is solved, solving is closing.
        boolean closes = department.solveStage().category() == StageCategory.CLOSED;
        boolean maySolve = !closes || rights.has(Right.CLOSE, department);
        boolean solve = request.solve() == null ? department.isOneTouch() && maySolve : request.solve();
        if (solve && !maySolve) {
            rights.require(Right.CLOSE, department);
        }
        boolean oneTouch = department.isOneTouch() && request.solve() == null;
        // Whoever names a way to the customer writes to the customer alone, also where the ticket is a review's.
        if (ticket.reviewId() != null && request.channel() == null) {
            return publish(ticket, department, request, body, attachments, basis, solve, oneTouch, dueAt);
        }
        Contacts.Known contact = ticket.requester(contacts.of(ticket.contactId()));
        DeliverVia via = channels.choose(
                ticket,
                contact,
                request.channel() == null ? null : request.channel().via());
        boolean byMail = via == DeliverVia.MAIL;
        Recipients recipients = byMail ? recipients(ticket, contact, request) : Recipients.NONE;
        NewMessage message = message(
                request,
                via,
                via == null ? Delivery.NONE : via == DeliverVia.PORTAL ? Delivery.PUBLISHED : Delivery.QUEUED,
                "Re: " + ticket.subject(),
                body,
                recipients,
                basis,
                false,
                solve);
        if (byMail && !Boolean.FALSE.equals(request.signature())) {
            message = message.signedWith(writing.signature(user.id(), user.name(), department, ticket, contact));
        }
        return goOut(ticket, department, message, attachments, oneTouch, dueAt);
    }

    /// At once, or when its time has come.
    private Message goOut(
            Ticket ticket,
            Department department,
            NewMessage message,
            List<Attachment> attachments,
            boolean oneTouch,
            @Nullable Instant dueAt) {
        return dueAt == null || message.deliverVia() == null
                ? conversations.reply(ticket, department, message, attachments, oneTouch)
                : conversations.replyLater(ticket, message, attachments, oneTouch, dueAt);
    }

    /// When a reply goes out: not before its author's time, and not before it can no longer be withdrawn.
    ///
    /// @return null for at once
    private @Nullable Instant dueAt(Department department, @Nullable Instant sendAt) {
        Instant now = clock.instant();
        if (sendAt != null && (sendAt.isBefore(now.minus(CLOCK_SKEW)) || sendAt.isAfter(now.plus(FURTHEST)))) {
            throw new ProblemException(TicketError.SEND_TIME_IMPOSSIBLE, "Choose a time within the next year.");
        }
        Instant undoneBy = now.plus(writing.undo(department.id()));
        Instant dueAt = sendAt != null && sendAt.isAfter(undoneBy) ? sendAt : undoneBy;
        return dueAt.isAfter(now) ? dueAt : null;
    }

    private Recipients recipients(Ticket ticket, Contacts.Known contact, MessageRequest request) {
        List<Correspondent> copies =
                correspondents.copies(ticket, contact.address(), cc(request), Boolean.TRUE.equals(request.replyAll()));
        if (copies.size() > MOST_COPIES) {
            throw new ProblemException(
                    TicketError.TOO_MANY_RECIPIENTS, "A reply goes to " + MOST_COPIES + " people in copy at most.");
        }
        return new Recipients(List.of(new Correspondent(contact.name(), contact.address())), copies);
    }

    /// *Submit as solved* publishes; anything else stays a draft.
    private Message publish(
            Ticket ticket,
            Department department,
            MessageRequest request,
            Body body,
            List<Attachment> attachments,
            @Nullable Message basis,
            boolean solve,
            boolean oneTouch,
            @Nullable Instant dueAt) {
        TicketReview review = Objects.requireNonNull(tickets.review(ticket.id()));
        if (!review.canReply()) {
            throw new ProblemException(
                    TicketError.REVIEW_NOT_ANSWERABLE, review.platform() + " takes no reply to this review.");
        }
        if (review.tooLong(body.text())) {
            Map<String, Object> lengths = new LinkedHashMap<>();
            lengths.put("length", review.lengthOf(body.text()));
            lengths.put("maximum", Objects.requireNonNull(review.replyMaximum()));
            throw new ProblemException(
                    TicketError.REPLY_TOO_LONG,
                    "The reply has "
                            + review.lengthOf(body.text())
                            + ", and "
                            + review.platform()
                            + " takes "
                            + review.replyMaximum()
                            + " at most.",
                    List.of(),
                    lengths);
        }
        boolean mailCopy = request.mailCopy() == null || request.mailCopy();
        if (!solve) {
            return conversations.add(
                    ticket,
                    message(request, null, Delivery.DRAFT, null, body, Recipients.NONE, basis, mailCopy, false),
                    attachments,
                    List.of());
        }
        if (messages.platformReply(ticket.id()).isPresent()) {
            throw new ProblemException(
                    TicketError.REVIEW_ALREADY_ANSWERED, review.platform() + " takes one reply per review.");
        }
        Recipients recipients = review.authorAddress() == null
                ? Recipients.NONE
                : new Recipients(List.of(new Correspondent(review.authorName(), review.authorAddress())), List.of());
        return goOut(
                ticket,
                department,
                message(request, DeliverVia.REVIEW, Delivery.QUEUED, null, body, recipients, basis, mailCopy, true),
                attachments,
                oneTouch,
                dueAt);
    }

    private NewMessage message(
            MessageRequest request,
            @Nullable DeliverVia via,
            Delivery delivery,
            @Nullable String subject,
            Body body,
            Recipients recipients,
            @Nullable Message basis,
            boolean mailCopy,
            boolean solve) {
        Instant now = clock.instant();
        return new NewMessage(
                Uuid7.next(),
                MessageKind.PUBLIC_REPLY,
                via,
                delivery,
                now,
                user.id(),
                user.name(),
                subject,
                body,
                recipients,
                basis == null ? null : basis.id(),
                mailCopy,
                solve,
                null,
                List.of(),
                null);
    }

    /// The message the author answers.
    ///
    /// @throws ProblemException 409 `reply-outdated` when the customer has written since he looked
    private @Nullable Message basis(Ticket ticket, @Nullable UUID basedOn) {
        Message seen = basedOn == null
                ? null
                : messages.ofTicket(ticket.id(), basedOn)
                        .orElseThrow(() -> new ProblemException(
                                TicketError.MESSAGE_UNKNOWN, "The conversation has no message " + basedOn + "."));
        // Who names none has seen the ticket as it was opened.
        List<Message> missed = messages.customersSince(ticket.id(), seen);
        if (!missed.isEmpty()) {
            List<Map<String, Object>> told = new ArrayList<>();
            for (Message message : missed) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("id", message.id());
                entry.put("at", message.at());
                entry.put("authorName", message.authorName());
                entry.put("bodyText", message.bodyText());
                told.add(entry);
            }
            throw new ProblemException(
                    TicketError.REPLY_OUTDATED,
                    "Nothing was sent. Read what the customer has written and reply to that.",
                    List.of(),
                    Map.of("missed", told));
        }
        return seen != null ? seen : messages.ofPosition(ticket.id(), 0).orElse(null);
    }

    private List<Attachment> attachments(Ticket ticket, @Nullable List<UUID> ids) {
        if (ids == null || ids.isEmpty()) {
            return List.of();
        }
        List<UUID> wanted = ids.stream().distinct().toList();
        List<Attachment> found = messages.waiting(ticket.id(), wanted);
        if (found.size() != wanted.size()) {
            throw new ProblemException(
                    TicketError.ATTACHMENT_UNKNOWN, "Upload the files to the ticket first; each goes out once.");
        }
        return found;
    }

    private static List<Correspondent> cc(MessageRequest request) {
        return request.cc() == null
                ? List.of()
                : request.cc().stream()
                        .map(copy -> new Correspondent(copy.name(), Contacts.normalised(copy.address())))
                        .toList();
    }
}
