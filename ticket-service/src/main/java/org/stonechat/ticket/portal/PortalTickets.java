package org.stonechat.ticket.portal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.ticket.Conversations;
import org.stonechat.ticket.ticket.NewTicket;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketOpening;

/// A customer's own tickets, and what of them is public.
@ApplicationScoped
class PortalTickets {

    /// What customers write and what is said to them; comments, notes and forwards are for those who work here.
    private static final List<MessageKind> PUBLIC = List.of(MessageKind.CUSTOMER, MessageKind.PUBLIC_REPLY);

    /// Answers on their way or there. What is a draft or was taken back was never said.
    private static final List<Delivery> SAID =
            List.of(Delivery.NONE, Delivery.QUEUED, Delivery.SENT, Delivery.PUBLISHED, Delivery.FAILED);

    private static final String SELECT = """
            select t.id, t.number, t.subject, t.stage_category, d.id, d.name, m.id, m.name, t.created_at,
                   (select max(s.at) from message s
                    where s.ticket_id = t.id and s.kind in ('CUSTOMER', 'PUBLIC_REPLY')
                      and s.delivery in ('NONE', 'QUEUED', 'SENT', 'PUBLISHED', 'FAILED')),
                   t.follow_up_of
            from ticket t
            join department d on d.id = t.department_id
            left join team m on m.id = t.team_id and m.visibility = 'PORTAL_AND_INTERNAL'
            where (not t.requester_given or t.requester_address = :address)
            """;

    private final PortalCustomer customer;
    private final DepartmentRepository departments;
    private final MessageRepository messages;
    private final TicketOpening opening;
    private final Conversations conversations;
    private final EntityManager entityManager;
    private final InstantSource clock;

    PortalTickets(
            PortalCustomer customer,
            DepartmentRepository departments,
            MessageRepository messages,
            TicketOpening opening,
            Conversations conversations,
            EntityManager entityManager,
            InstantSource clock) {
        this.customer = customer;
        this.departments = departments;
        this.messages = messages;
        this.opening = opening;
        this.conversations = conversations;
        this.entityManager = entityManager;
        this.clock = clock;
    }

    /// The newest first.
    List<PortalTicket> page(@Nullable UUID after, int limit) {
        return select(
                "and t.contact_id = any(cast(:ids as uuid[])) and t.merged_into is null"
                        + (after == null ? "" : " and t.id < :after")
                        + " order by t.id desc limit " + limit,
                customer.contacts(),
                after);
    }

    /// The one with this number, or the one it was merged into: at most one.
    List<PortalTicket> numbered(long number) {
        return customer.numbered(number)
                .map(ticket -> select("and t.id = any(cast(:ids as uuid[]))", Set.of(ticket.id()), null))
                .orElse(List.of());
    }

    /// @throws ProblemException 404
    PortalTicket read(UUID id) {
        return select(
                        "and t.id = any(cast(:ids as uuid[]))",
                        Set.of(customer.read(id).id()),
                        null)
                .getFirst();
    }

    @SuppressWarnings("unchecked")
    private List<PortalTicket> select(String where, Set<UUID> ids, @Nullable UUID after) {
        Query query = entityManager
                .createNativeQuery(SELECT + where)
                .setParameter("address", Contacts.normalised(customer.address()))
                .setParameter("ids", ids.toArray(UUID[]::new));
        if (after != null) {
            query.setParameter("after", after);
        }
        List<Object[]> rows = query.getResultList();
        return rows.stream()
                .map(row -> new PortalTicket(
                        (UUID) row[0],
                        ((Number) row[1]).longValue(),
                        (String) row[2],
                        PortalState.of(StageCategory.valueOf((String) row[3])),
                        new PortalTicket.PortalPlace((UUID) row[4], (String) row[5]),
                        row[6] == null ? null : new PortalTicket.PortalPlace((UUID) row[6], (String) row[7]),
                        (Instant) row[8],
                        (Instant) row[9],
                        (UUID) row[10]))
                .toList();
    }

    /// What of the conversation is public, oldest first: with what was said in tickets of the customer that
    /// were merged into it. What another customer's ticket brought is not his to read.
    ///
    /// @throws ProblemException 404
    List<Message> conversation(UUID id, MessageRepository.@Nullable Place after, int limit) {
        List<UUID> own = customer.ownOf(messages.family(customer.read(id).id()));
        return messages.pageOf(own, PUBLIC, SAID, after, limit);
    }

    Map<UUID, List<Attachment>> attachments(List<Message> of) {
        return messages.attachments(of.stream().map(Message::id).toList()).stream()
                .collect(Collectors.groupingBy(Attachment::messageId));
    }

    /// A file of the public conversation.
    ///
    /// @throws ProblemException 404, also for a file that no public message brought
    Attachment file(UUID id, UUID attachmentId) {
        Ticket ticket = customer.read(id);
        return messages.attachment(ticket.id(), attachmentId)
                .filter(file -> isPublic(ticket.id(), file.messageId()))
                .orElseThrow(() -> ProblemException.notFound("file"));
    }

    private boolean isPublic(UUID ticketId, @Nullable UUID messageId) {
        return messageId != null
                && messages.ofTicket(ticketId, messageId)
                        .filter(message -> PUBLIC.contains(message.kind()) && SAID.contains(message.delivery()))
                        .isPresent();
    }

    /// Where customers can turn to.
    List<Department> open() {
        return departments.find("active = true order by name, id").range(0, 499).list();
    }

    @Transactional
    UUID create(PortalTicketRequest request) {
        Department department = departments.known(request.departmentId());
        UUID ticketId = Uuid7.next();
        opening.open(
                asked(ticketId, department.id(), request.subject().strip(), Uuid7.next(), request.bodyText(), null));
        return ticketId;
    }

    /// Adds to the ticket, or opens a follow-up when it has been closed for good.
    @Transactional
    PortalMessage write(UUID id, PortalMessageRequest request) {
        Ticket ticket = customer.lock(id);
        Department department = departments.of(ticket.departmentId());
        UUID messageId = Uuid7.next();
        if (ticket.takesCustomerMessage(clock.instant(), department.reopenWindow())) {
            Message added = conversations.customerWrote(
                    ticket, department, message(messageId, null, request.bodyText()), List.of(), changed -> List.of());
            return PortalMessage.from(added, List.of());
        }
        UUID followUp = Uuid7.next();
        opening.open(asked(followUp, department.id(), ticket.subject(), messageId, request.bodyText(), ticket));
        return PortalMessage.from(messages.ofPosition(followUp, 0).orElseThrow(), List.of());
    }

    private NewTicket asked(
            UUID ticketId,
            UUID departmentId,
            String subject,
            UUID messageId,
            String bodyText,
            @Nullable Ticket closed) {
        return new NewTicket(
                ticketId,
                departmentId,
                subject,
                new Contacts.Writer(customer.name(), customer.address(), null),
                Channel.FORM,
                "FORM",
                closed == null ? null : closed.teamId(),
                null,
                null,
                Priority.NORMAL,
                null,
                NewTicket.OTHER,
                List.of(),
                null,
                null,
                null,
                null,
                message(messageId, subject, bodyText),
                List.of(),
                null,
                closed == null ? null : closed.id());
    }

    private NewMessage message(UUID id, @Nullable String subject, String bodyText) {
        Body body = Body.text(bodyText);
        if (body.isEmpty()) {
            throw new ProblemException(TicketError.BODY_EMPTY, "Write something first.");
        }
        return NewMessage.fromCustomer(id, clock.instant(), customer.name(), subject, body);
    }
}
