package org.stonechat.ticket.merge;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.blob.BlobReferences;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.TicketSplit;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.ticket.Conversations;
import org.stonechat.ticket.ticket.NewTicket;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.TicketOpening;

/// Makes a ticket of its own of some messages. They are copied: the old conversation stays whole, and merging
/// the two again shows each message once.
@ApplicationScoped
class Splitting {

    private static final String OWNER_KIND = "ticket-attachment";

    private final TicketAccess access;
    private final TicketOpening opening;
    private final Conversations conversations;
    private final MessageRepository messages;
    private final Contacts contacts;
    private final DepartmentRepository departments;
    private final BlobReferences references;
    private final Rights rights;
    private final EntityManager entityManager;
    private final EventLog eventLog;
    private final CurrentUser user;
    private final InstantSource clock;

    Splitting(
            TicketAccess access,
            TicketOpening opening,
            Conversations conversations,
            MessageRepository messages,
            Contacts contacts,
            DepartmentRepository departments,
            BlobReferences references,
            Rights rights,
            EntityManager entityManager,
            EventLog eventLog,
            CurrentUser user,
            InstantSource clock) {
        this.access = access;
        this.opening = opening;
        this.conversations = conversations;
        this.messages = messages;
        this.contacts = contacts;
        this.departments = departments;
        this.references = references;
        this.rights = rights;
        this.entityManager = entityManager;
        this.eventLog = eventLog;
        this.user = user;
        this.clock = clock;
    }

    /// A message with what it becomes in the new ticket.
    private record Copy(UUID originalId, NewMessage message, List<Attachment> attachments) {}

    /// @return the new ticket
    @Transactional
    UUID split(UUID id, SplitRequest request) {
        Ticket origin = access.lock(id);
        rights.require(Right.EDIT, departments.of(origin.departmentId()));
        UUID newId = Uuid7.next();
        List<Copy> copies = copies(origin, newId, request.messageIds());
        Contacts.Known requester = origin.requester(contacts.of(origin.contactId()));
        List<UUID> originals = copies.stream().map(Copy::originalId).toList();
        Copy first = copies.getFirst();
        Ticket made = opening.open(
                        new NewTicket(
                                newId,
                                origin.departmentId(),
                                request.subject() == null
                                        ? origin.subject()
                                        : request.subject().strip(),
                                new Contacts.Writer(
                                        requester.name(), requester.address(), requester.language(), requester.id()),
                                origin.channel(),
                                "SPLIT",
                                origin.teamId(),
                                origin.queueId(),
                                origin.assigneeId() == null ? null : user.id(),
                                origin.priority(),
                                origin.typeId(),
                                origin.category(),
                                origin.tags(),
                                origin.language(),
                                null,
                                null,
                                null,
                                first.message(),
                                first.attachments(),
                                null,
                                null),
                        ticket -> List.of(splitEvent(ticket, origin, ticket, originals)))
                .ticket();
        for (Copy copy : copies.subList(1, copies.size())) {
            conversations.add(made, copy.message(), copy.attachments(), List.of());
        }
        eventLog.append(TicketOpening.TOPIC, origin, splitEvent(origin, origin, made, originals));
        entityManager.flush();
        remember(origin, made, copies);
        return made.id();
    }

    private List<Copy> copies(Ticket origin, UUID newId, List<UUID> messageIds) {
        List<Message> chosen = messageIds.stream()
                .distinct()
                .map(messageId -> messages.ofTicket(origin.id(), messageId)
                        .filter(message -> message.delivery() != Delivery.SCHEDULED)
                        .orElseThrow(() -> new ProblemException(
                                TicketError.MESSAGE_UNKNOWN, "The conversation has no message " + messageId + ".")))
                .sorted(Comparator.comparing(Message::at).thenComparing(Message::id))
                .toList();
        Map<UUID, List<Attachment>> files = messages
                .attachments(chosen.stream().map(Message::id).toList())
                .stream()
                .collect(Collectors.groupingBy(file -> Objects.requireNonNull(file.messageId())));
        List<Copy> copies = new ArrayList<>();
        for (Message message : chosen) {
            UUID messageId = Uuid7.next();
            List<Attachment> attachments = files.getOrDefault(message.id(), List.of()).stream()
                    .map(file -> file.copy(Uuid7.next(), newId, messageId))
                    .toList();
            for (Attachment attachment : attachments) {
                references.add(
                        new BlobRef(attachment.sha256(), attachment.size()),
                        OWNER_KIND,
                        attachment.id(),
                        origin.contactId());
            }
            copies.add(new Copy(message.id(), message.copy(messageId), attachments));
        }
        return copies;
    }

    private static TicketSplit splitEvent(Ticket of, Ticket origin, Ticket made, List<UUID> messageIds) {
        return new TicketSplit(new TicketSplit.Data(
                of.standing(), origin.id(), origin.number(), made.id(), made.number(), messageIds));
    }

    private void remember(Ticket origin, Ticket made, List<Copy> copies) {
        entityManager
                .createNativeQuery("insert into ticket_split (ticket_id, origin_id, split_at) values (?1, ?2, ?3)")
                .setParameter(1, made.id())
                .setParameter(2, origin.id())
                .setParameter(3, clock.instant())
                .executeUpdate();
        for (Copy copy : copies) {
            entityManager
                    .createNativeQuery("insert into message_copy (message_id, original_id) values (?1, ?2)")
                    .setParameter(1, copy.message().id())
                    .setParameter(2, copy.originalId())
                    .executeUpdate();
        }
    }
}
