package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.EventLog;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.MessageAdded;
import org.stonechat.ticket.event.ReplyThread;
import org.stonechat.ticket.event.StageChanged;

/// Adds to conversations and lets the ticket follow: a customer's message reopens, an answer ends the waiting.
///
/// The ticket has been locked by the caller, in the running transaction.
@ApplicationScoped
public class Conversations {

    private final MessageRepository messages;
    private final TicketStages stages;
    private final EventLog eventLog;
    private final Event<PublicReply> replies;
    private final InstantSource clock;

    Conversations(
            MessageRepository messages,
            TicketStages stages,
            EventLog eventLog,
            Event<PublicReply> replies,
            InstantSource clock) {
        this.replies = replies;
        this.messages = messages;
        this.stages = stages;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    /// The customer wrote. Ask [Ticket#takesCustomerMessage] before: a late message belongs to a follow-up.
    ///
    /// @param further what else the ticket tells in the same breath
    @Transactional(Transactional.TxType.MANDATORY)
    public Message customerWrote(
            Ticket ticket,
            Department department,
            NewMessage message,
            List<Attachment> attachments,
            Function<Ticket, List<DomainEvent>> further) {
        Instant now = clock.instant();
        boolean reopens = ticket.reopensOnCustomerMessage(now, department.reopenWindow());
        Message added = new Message(ticket.id(), ticket.takePosition(), message);
        List<DomainEvent> events = new ArrayList<>();
        if (!reopens) {
            ticket.customerWaits(now);
        }
        events.add(added(ticket, added, attachments, null));
        if (reopens) {
            events.add(stages.move(
                    ticket,
                    department,
                    department.reopenStage(),
                    Ticket.Move.because(StageChanged.Why.CUSTOMER_MESSAGE)));
            ticket.customerWaits(now);
        }
        events.addAll(further.apply(ticket));
        return write(ticket, added, attachments, events);
    }

    /// Something that changes nothing but the conversation: a comment, a note, a draft.
    @Transactional(Transactional.TxType.MANDATORY)
    public Message add(
            Ticket ticket, NewMessage message, List<Attachment> attachments, List<? extends DomainEvent> further) {
        Message added = new Message(ticket.id(), ticket.takePosition(), message);
        List<DomainEvent> events = new ArrayList<>();
        events.add(added(ticket, added, attachments, null));
        events.addAll(further);
        return write(ticket, added, attachments, events);
    }

    /// A public reply on its way to the customer. With `solve` the ticket is solved with it; without, a new ticket is
    /// open from then on.
    ///
    /// @param oneTouch what the event says of the solving
    @Transactional(Transactional.TxType.MANDATORY)
    public Message reply(
            Ticket ticket, Department department, NewMessage message, List<Attachment> attachments, boolean oneTouch) {
        ReplyThread thread = message.deliverVia() == DeliverVia.MAIL
                ? messages.lastMail(ticket.id()).map(Message::threadOfReply).orElse(ReplyThread.NONE)
                : null;
        Message added = new Message(ticket.id(), ticket.takePosition(), message);
        ticket.customerAnswered();
        List<DomainEvent> events = new ArrayList<>();
        events.add(added(ticket, added, attachments, thread));
        Stage next = next(ticket, department, message.solve());
        if (next != null) {
            events.add(stages.move(
                    ticket,
                    department,
                    next,
                    new Ticket.Move(StageChanged.Why.REPLY, null, List.of(), oneTouch && message.solve())));
        }
        Message written = write(ticket, added, attachments, events);
        replies.fire(new PublicReply(ticket, written));
        return written;
    }

    private static @Nullable Stage next(Ticket ticket, Department department, boolean solve) {
        if (solve) {
            return ticket.stageCategory().folded() ? null : department.solveStage();
        }
        return ticket.stageCategory() == StageCategory.NEW
                ? department.stageOf(StageCategory.OPEN).orElse(null)
                : null;
    }

    private static MessageAdded added(
            Ticket ticket, Message message, List<Attachment> attachments, @Nullable ReplyThread thread) {
        return new MessageAdded(
                new MessageAdded.Data(ticket.standing(), message.facts(attachments, ticket.contactId(), thread)),
                message.text(attachments));
    }

    private Message write(Ticket ticket, Message added, List<Attachment> attachments, List<DomainEvent> events) {
        eventLog.append(TicketOpening.TOPIC, ticket, events.toArray(DomainEvent[]::new));
        messages.persist(added);
        for (Attachment attachment : attachments) {
            if (attachment.messageId() == null) {
                attachment.joinMessage(added.id());
            } else {
                messages.persist(attachment);
            }
        }
        return added;
    }
}
