package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;

import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MailCopy;
import org.stonechat.ticket.event.MailCopyChanged;
import org.stonechat.ticket.event.MessageDeliveryChanged;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;

/// Replies between the writing and the going out, and deliveries that have to be tried again.
@ApplicationScoped
public class WaitingReplies {

    private final TicketAccess access;
    private final TicketRepository tickets;
    private final DepartmentRepository departments;
    private final MessageRepository messages;
    private final Conversations conversations;
    private final HoldingBack holdingBack;
    private final Rights rights;
    private final EventLog eventLog;
    private final Event<PublicReply> replies;
    private final InstantSource clock;

    WaitingReplies(
            TicketAccess access,
            TicketRepository tickets,
            DepartmentRepository departments,
            MessageRepository messages,
            Conversations conversations,
            HoldingBack holdingBack,
            Rights rights,
            EventLog eventLog,
            Event<PublicReply> replies,
            InstantSource clock) {
        this.access = access;
        this.tickets = tickets;
        this.departments = departments;
        this.messages = messages;
        this.conversations = conversations;
        this.holdingBack = holdingBack;
        this.rights = rights;
        this.eventLog = eventLog;
        this.replies = replies;
        this.clock = clock;
    }

    /// Sends the reply if it still waits and its time has come.
    ///
    /// @throws ProblemException when the ticket does not take it any more
    @Transactional
    void send(UUID messageId) {
        Ticket ticket = lockTicketOf(messageId).orElse(null);
        if (ticket == null) {
            return;
        }
        Message message = messages.findById(messageId);
        Instant due = message.sendAt();
        if (message.delivery() != Delivery.SCHEDULED
                || due == null
                || clock.instant().isBefore(due)) {
            return;
        }
        if (ticket.stageCategory() == StageCategory.CLOSED) {
            throw new ProblemException(TicketError.TICKET_CLOSED, "It was closed before the reply went out.");
        }
        conversations.send(
                ticket, departments.of(ticket.departmentId()), message, messages.attachments(List.of(messageId)));
    }

    /// Brings the reply back to its author if it still waits.
    @Transactional
    void holdBack(UUID messageId, String reason) {
        lockTicketOf(messageId).ifPresent(ticket -> {
            Message message = messages.findById(messageId);
            if (message.delivery() == Delivery.SCHEDULED) {
                eventLog.append(
                        TicketOpening.TOPIC, ticket, holdingBack.back(ticket, message, Delivery.HELD_BACK, reason));
            }
        });
    }

    /// Takes back what waits; it is its author's draft again. A draft of a review's answer is discarded.
    ///
    /// @throws ProblemException 409 `message-sent` when it is too late
    @Transactional
    public Message withdraw(UUID ticketId, UUID messageId) {
        Ticket ticket = access.lock(ticketId);
        rights.require(Right.EDIT, departments.of(ticket.departmentId()));
        Message message = message(ticket, messageId);
        switch (message.delivery()) {
            case SCHEDULED ->
                eventLog.append(
                        TicketOpening.TOPIC, ticket, holdingBack.back(ticket, message, Delivery.WITHDRAWN, null));
            case DRAFT -> {
                message.discard();
                tell(ticket, message, Delivery.DRAFT);
            }
            case WITHDRAWN -> {
                // Once more is no harm: it is what was wanted.
            }
            case NONE, QUEUED, SENT, PUBLISHED, FAILED, HELD_BACK ->
                throw new ProblemException(
                        TicketError.MESSAGE_SENT, "The message is " + message.delivery() + " and waits for nothing.");
        }
        return message;
    }

    /// Has a delivery that failed tried again: the message itself, or the copy by mail of one that is out.
    ///
    /// @throws ProblemException 409 `delivery-not-failed`
    @Transactional
    public Message retry(UUID ticketId, UUID messageId) {
        Ticket ticket = access.lock(ticketId);
        rights.require(Right.EDIT, departments.of(ticket.departmentId()));
        Message message = message(ticket, messageId);
        if (message.delivery() == Delivery.PUBLISHED && message.mailCopyState() == MailCopy.FAILED) {
            message.copyAgain();
            eventLog.append(
                    TicketOpening.TOPIC,
                    ticket,
                    new MailCopyChanged(new MailCopyChanged.Data(
                            ticket.standing(), message.id(), MailCopy.FAILED, MailCopy.QUEUED, null, clock.instant())));
            return message;
        }
        if (message.delivery() != Delivery.FAILED) {
            throw new ProblemException(
                    TicketError.DELIVERY_NOT_FAILED, "The message is " + message.delivery() + ", not FAILED.");
        }
        if (message.deliverVia() == DeliverVia.REVIEW
                && messages.platformReply(ticket.id()).isPresent()) {
            throw new ProblemException(
                    TicketError.REVIEW_ALREADY_ANSWERED, "Another answer stands there, or is on its way.");
        }
        message.deliver(Delivery.QUEUED, null);
        tell(ticket, message, Delivery.FAILED);
        replies.fire(new PublicReply(ticket, message));
        return message;
    }

    private void tell(Ticket ticket, Message message, Delivery before) {
        eventLog.append(
                TicketOpening.TOPIC,
                ticket,
                new MessageDeliveryChanged(new MessageDeliveryChanged.Data(
                        ticket.standing(),
                        message.id(),
                        message.deliverVia(),
                        before,
                        message.delivery(),
                        null,
                        clock.instant(),
                        null,
                        null)));
    }

    private Message message(Ticket ticket, UUID messageId) {
        return messages.ofTicket(ticket.id(), messageId).orElseThrow(() -> ProblemException.notFound("message"));
    }

    private Optional<Ticket> lockTicketOf(UUID messageId) {
        return messages.ticketOf(messageId).flatMap(tickets::lock);
    }
}
