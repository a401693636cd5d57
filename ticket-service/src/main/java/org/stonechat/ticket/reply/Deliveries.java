package org.stonechat.ticket.reply;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventLog;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MailCopy;
import org.stonechat.ticket.event.MailCopyChanged;
import org.stonechat.ticket.event.MessageDeliveryChanged;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketOpening;
import org.stonechat.ticket.ticket.TicketRepository;

/// What the deliverers tell of messages.
@ApplicationScoped
public class Deliveries {

    private final MessageRepository messages;
    private final TicketRepository tickets;
    private final EventLog eventLog;

    Deliveries(MessageRepository messages, TicketRepository tickets, EventLog eventLog) {
        this.messages = messages;
        this.tickets = tickets;
        this.eventLog = eventLog;
    }

    /// Notes that a mail went out on the message it carries.
    @Transactional(Transactional.TxType.MANDATORY)
    public void mailSent(UUID messageId, Instant at) {
        mailed(messageId, Delivery.SENT, MailCopy.SENT, null, at);
    }

    /// Notes that a mail will not go out on the message it carries.
    @Transactional(Transactional.TxType.MANDATORY)
    public void mailFailed(UUID messageId, String reason, Instant at) {
        mailed(messageId, Delivery.FAILED, MailCopy.FAILED, reason, at);
    }

    /// A message that goes another way has got its own news: the mail is a copy of it, as of the answer to a review.
    private void mailed(UUID messageId, Delivery delivery, MailCopy copy, @Nullable String reason, Instant at) {
        of(messageId).ifPresent(known -> {
            if (known.message().deliverVia() == DeliverVia.MAIL) {
                note(known, delivery, reason, at, null);
            } else {
                copied(known, copy, reason, at);
            }
        });
    }

    /// Notes whose it is to mail the copy of an answer that was published.
    @Transactional(Transactional.TxType.MANDATORY)
    public void copyIsFor(UUID messageId, MailCopy mailer, Instant at) {
        of(messageId).ifPresent(known -> copied(known, mailer, null, at));
    }

    /// Notes it on the message. A message this service does not know is none of its own and is left alone.
    ///
    /// @param where the address of what was published
    @Transactional(Transactional.TxType.MANDATORY)
    public void changed(
            UUID messageId, Delivery delivery, @Nullable String reason, Instant at, @Nullable String where) {
        of(messageId).ifPresent(known -> note(known, delivery, reason, at, where));
    }

    /// A message and its ticket, which is locked.
    private record Known(Ticket ticket, Message message) {}

    private Optional<Known> of(UUID messageId) {
        return messages.ticketOf(messageId).map(ticketId -> {
            Ticket ticket = tickets.lock(ticketId)
                    .orElseThrow(() -> new IllegalStateException("ticket " + ticketId + " is gone"));
            return new Known(ticket, messages.findById(messageId));
        });
    }

    private void copied(Known known, MailCopy next, @Nullable String reason, Instant at) {
        Message message = known.message();
        MailCopy before = message.mailCopyState();
        if (message.copied(next, reason)) {
            eventLog.append(
                    TicketOpening.TOPIC,
                    known.ticket(),
                    new MailCopyChanged(new MailCopyChanged.Data(
                            known.ticket().standing(), message.id(), before, next, reason, at)));
        }
    }

    private void note(Known known, Delivery delivery, @Nullable String reason, Instant at, @Nullable String where) {
        Message message = known.message();
        Optional<Delivery> before = message.deliver(delivery, reason);
        if (before.isPresent()) {
            eventLog.append(
                    TicketOpening.TOPIC,
                    known.ticket(),
                    new MessageDeliveryChanged(new MessageDeliveryChanged.Data(
                            known.ticket().standing(),
                            message.id(),
                            message.deliverVia(),
                            before.get(),
                            delivery,
                            reason,
                            at,
                            where,
                            null)));
        }
    }
}
