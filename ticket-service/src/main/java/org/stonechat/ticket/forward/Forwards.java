package org.stonechat.ticket.forward;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.blob.BlobReferences;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.agent.Agent;
import org.stonechat.ticket.agent.AgentRepository;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.conversation.MessageView;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.draft.Drafts;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Recipients;
import org.stonechat.ticket.event.TicketForwarded;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.ticket.Conversations;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.TicketRepository;
import org.stonechat.ticket.ticket.TicketReview;
import org.stonechat.ticket.writing.Writing;

/// Sends tickets on. What went out is a message of the conversation that customers never see, and its answer
/// becomes an internal comment.
@ApplicationScoped
class Forwards {

    private static final String BODY_OWNER = "message-body";
    private static final String ATTACHMENT_OWNER = "ticket-attachment";
    private static final int LONGEST_IN_EVENT = 32 * 1024;

    private final TicketAccess access;
    private final TicketRepository tickets;
    private final DepartmentRepository departments;
    private final AgentRepository agents;
    private final Contacts contacts;
    private final MessageRepository messages;
    private final ForwardRecipients recipients;
    private final Conversations conversations;
    private final Writing writing;
    private final Drafts drafts;
    private final BlobStore blobs;
    private final BlobReferences references;
    private final Rights rights;
    private final CurrentUser user;
    private final InstantSource clock;

    Forwards(
            TicketAccess access,
            TicketRepository tickets,
            DepartmentRepository departments,
            AgentRepository agents,
            Contacts contacts,
            MessageRepository messages,
            ForwardRecipients recipients,
            Conversations conversations,
            Writing writing,
            Drafts drafts,
            BlobStore blobs,
            BlobReferences references,
            Rights rights,
            CurrentUser user,
            InstantSource clock) {
        this.access = access;
        this.tickets = tickets;
        this.departments = departments;
        this.agents = agents;
        this.contacts = contacts;
        this.messages = messages;
        this.recipients = recipients;
        this.conversations = conversations;
        this.writing = writing;
        this.drafts = drafts;
        this.blobs = blobs;
        this.references = references;
        this.rights = rights;
        this.user = user;
        this.clock = clock;
    }

    /// Writes the forward and, when its text is long, stores that; changes nothing.
    ///
    /// @throws ProblemException 404, 403, 422
    Body write(UUID ticketId, ForwardRequest request) {
        Ticket ticket = access.read(ticketId);
        Department department = departments.of(ticket.departmentId());
        rights.require(Right.EDIT, department);
        ForwardText text = new ForwardText(department)
                .message(Body.of(request.bodyText(), request.bodyHtml()))
                .details(
                        ticket,
                        ticket.requester(contacts.of(ticket.contactId())),
                        department,
                        nameOf(ticket.assigneeId()));
        TicketReview review = Boolean.TRUE.equals(request.includeReview()) ? tickets.review(ticket.id()) : null;
        if (review != null) {
            text.review(review);
        }
        Set<MessageKind> kinds = kinds(request);
        if (!kinds.isEmpty()) {
            text.conversation(messages.ofKinds(ticket.id(), kinds));
        }
        Body body = text.body();
        byte[] whole = body.text().getBytes(StandardCharsets.UTF_8);
        if (whole.length <= LONGEST_IN_EVENT) {
            return body;
        }
        BlobRef stored = blobs.put(new ByteArrayInputStream(whole));
        // The mail is made of the whole text then; its HTML would be as long again.
        return new Body(beginning(body.text()), null, stored);
    }

    @Transactional
    MessageView send(UUID ticketId, ForwardRequest request, Body body) {
        Ticket ticket = access.lock(ticketId);
        Department department = departments.of(ticket.departmentId());
        rights.require(Right.EDIT, department);
        ForwardRecipients.Found found = recipients.find(request.to(), department.id());
        UUID messageId = Uuid7.next();
        if (body.whole() != null) {
            references.add(body.whole(), BODY_OWNER, messageId, ticket.contactId());
        }
        List<Attachment> attachments = copies(ticket, messageId, request.attachmentIds());
        String subject = request.subject() == null || request.subject().isBlank()
                ? ticket.subject()
                : request.subject().strip();
        NewMessage message = new NewMessage(
                        messageId,
                        MessageKind.FORWARD,
                        DeliverVia.MAIL,
                        Delivery.QUEUED,
                        clock.instant(),
                        user.id(),
                        user.name(),
                        subject,
                        body,
                        new Recipients(found.to(), List.of()),
                        null,
                        false,
                        false,
                        null,
                        List.of(),
                        null)
                .signedWith(writing.signature(
                        user.id(), user.name(), department, ticket, ticket.requester(contacts.of(ticket.contactId()))));
        Message added = conversations.forward(
                ticket,
                message,
                attachments,
                forwarded -> new TicketForwarded(
                        new TicketForwarded.Data(
                                ticket.standing(),
                                messageId,
                                found.agentIds(),
                                found.to().size(),
                                parts(ticket, request)),
                        new TicketForwarded.Personal(subject, found.to())));
        drafts.sent(user.id(), ticket.id(), MessageKind.FORWARD);
        return MessageView.from(added, attachments);
    }

    /// Files go along as files of the forward: what is taken from one message later stays with the other.
    private List<Attachment> copies(Ticket ticket, UUID messageId, @Nullable List<UUID> ids) {
        if (ids == null) {
            return List.of();
        }
        List<Attachment> copies = new ArrayList<>();
        for (UUID id : ids.stream().distinct().toList()) {
            Attachment original = messages.attachment(ticket.id(), id)
                    .orElseThrow(() ->
                            new ProblemException(TicketError.ATTACHMENT_UNKNOWN, "The ticket has no file " + id + "."));
            Attachment copy = new Attachment(
                    Uuid7.next(),
                    ticket.id(),
                    messageId,
                    original.name(),
                    original.sha256(),
                    original.size(),
                    original.contentType(),
                    false,
                    null,
                    user.id(),
                    clock.instant());
            references.add(new BlobRef(copy.sha256(), copy.size()), ATTACHMENT_OWNER, copy.id(), ticket.contactId());
            copies.add(copy);
        }
        return copies;
    }

    private static Set<MessageKind> kinds(ForwardRequest request) {
        Set<MessageKind> kinds = EnumSet.noneOf(MessageKind.class);
        if (Boolean.TRUE.equals(request.includeHistory())) {
            kinds.add(MessageKind.CUSTOMER);
            kinds.add(MessageKind.PUBLIC_REPLY);
        }
        if (Boolean.TRUE.equals(request.includeComments())) {
            kinds.add(MessageKind.COMMENT);
        }
        return kinds;
    }

    private static List<TicketForwarded.Part> parts(Ticket ticket, ForwardRequest request) {
        Set<TicketForwarded.Part> parts = EnumSet.of(TicketForwarded.Part.DETAILS);
        if (Boolean.TRUE.equals(request.includeReview()) && ticket.reviewId() != null) {
            parts.add(TicketForwarded.Part.REVIEW);
        }
        if (Boolean.TRUE.equals(request.includeHistory())) {
            parts.add(TicketForwarded.Part.HISTORY);
        }
        if (Boolean.TRUE.equals(request.includeComments())) {
            parts.add(TicketForwarded.Part.COMMENTS);
        }
        return List.copyOf(parts);
    }

    private @Nullable String nameOf(@Nullable UUID agentId) {
        return Optional.ofNullable(agentId)
                .flatMap(agents::findByIdOptional)
                .map(Agent::displayName)
                .orElse(null);
    }

    /// As much of it as an event takes, and no half character at its end.
    private static String beginning(String text) {
        int end = Math.min(text.length(), LONGEST_IN_EVENT / 4);
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
