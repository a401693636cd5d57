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

    /// Notes what became of a mail on the message it carries. A message that goes another way is left alone: the
    /// mail is a copy of it then, as of the answer to a review.
    @Transactional(Transactional.TxType.MANDATORY)
    public void mailed(UUID messageId, Delivery delivery, @Nullable String reason, Instant at) {
        note(messageId, DeliverVia.MAIL, delivery, reason, at, null);
    }

    /// Notes it on the message. A message this service does not know is none of its own and is left alone.
    ///
    /// @param where the address of what was published
    @Transactional(Transactional.TxType.MANDATORY)
    public void changed(
            UUID messageId, Delivery delivery, @Nullable String reason, Instant at, @Nullable String where) {
        note(messageId, null, delivery, reason, at, where);
    }

    /// @param only the way the message must go to be meant; null for any
    private void note(
            UUID messageId,
            @Nullable DeliverVia only,
            Delivery delivery,
            @Nullable String reason,
            Instant at,
            @Nullable String where) {
        Optional<UUID> ticketId = messages.ticketOf(messageId);
        if (ticketId.isEmpty()) {
            return;
        }
        Ticket ticket = tickets.lock(ticketId.get())
                .orElseThrow(() -> new IllegalStateException("ticket " + ticketId.get() + " is gone"));
        Message known = messages.findById(messageId);
        if (only != null && known.deliverVia() != only) {
            return;
        }
        Optional<Delivery> before = known.deliver(delivery, reason);
        if (before.isPresent()) {
            eventLog.append(
                    TicketOpening.TOPIC,
                    ticket,
                    new MessageDeliveryChanged(new MessageDeliveryChanged.Data(
                            ticket.standing(),
                            messageId,
                            known.deliverVia(),
                            before.get(),
                            delivery,
                            reason,
                            at,
                            where,
                            null)));
        }
    }
}
