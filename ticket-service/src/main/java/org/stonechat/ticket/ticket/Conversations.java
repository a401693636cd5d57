package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.work.DueWork;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MessageAdded;
import org.stonechat.ticket.event.MessageDeliveryChanged;
import org.stonechat.ticket.event.ReplyThread;
import org.stonechat.ticket.event.StageChanged;

/// Adds to conversations and lets the ticket follow: a customer's message reopens, an answer ends the waiting.
///
/// The ticket has been locked by the caller, in the running transaction.
@ApplicationScoped
public class Conversations {

    private final MessageRepository messages;
    private final TicketStages stages;
    private final HoldingBack holdingBack;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final Event<PublicReply> replies;
    private final InstantSource clock;

    Conversations(
            MessageRepository messages,
            TicketStages stages,
            HoldingBack holdingBack,
            DueWork dueWork,
            EventLog eventLog,
            Event<PublicReply> replies,
            InstantSource clock) {
        this.replies = replies;
        this.messages = messages;
        this.stages = stages;
        this.holdingBack = holdingBack;
        this.dueWork = dueWork;
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
            events.addAll(stages.move(
                    ticket,
                    department,
                    department.reopenStage(),
                    Ticket.Move.because(StageChanged.Why.CUSTOMER_MESSAGE)));
            ticket.customerWaits(now);
        }
        events.addAll(further.apply(ticket));
        events.addAll(holdingBack.customerWrote(ticket));
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

    /// A public reply on its way to the customer. With `solve` the ticket is solved with it; without, a new
    /// ticket is open from then on.
    ///
    /// @param oneTouch what the event says of the solving
    @Transactional(Transactional.TxType.MANDATORY)
    public Message reply(
            Ticket ticket, Department department, NewMessage message, List<Attachment> attachments, boolean oneTouch) {
        Message added = new Message(ticket.id(), ticket.takePosition(), message);
        return write(ticket, added, attachments, sent(ticket, department, added, attachments, oneTouch));
    }

    /// A public reply that goes out at that time; until then it changes nothing of the ticket, and no event
    /// tells its words to those who would deliver it.
    @Transactional(Transactional.TxType.MANDATORY)
    public Message replyLater(
            Ticket ticket, NewMessage message, List<Attachment> attachments, boolean oneTouch, Instant dueAt) {
        Message waiting = new Message(ticket.id(), ticket.takePosition(), message);
        waiting.waitUntil(dueAt, oneTouch);
        UUID scheduled = eventLog.append(
                        TicketOpening.TOPIC,
                        ticket,
                        new MessageDeliveryChanged(new MessageDeliveryChanged.Data(
                                ticket.standing(),
                                waiting.id(),
                                waiting.deliverVia(),
                                Delivery.DRAFT,
                                Delivery.SCHEDULED,
                                null,
                                clock.instant(),
                                null,
                                dueAt)))
                .getFirst();
        dueWork.schedule(
                ReplySendingWork.KIND,
                waiting.id().toString(),
                dueAt,
                "reply:" + ticket.id(),
                new ReplySendingWork.Waiting(scheduled));
        keep(waiting, attachments);
        return waiting;
    }

    /// The time of a reply that waited has come: now it is a reply like any other.
    @Transactional(Transactional.TxType.MANDATORY)
    void send(Ticket ticket, Department department, Message waiting, List<Attachment> attachments) {
        waiting.goOut(ticket.id(), ticket.takePosition(), clock.instant());
        eventLog.append(
                TicketOpening.TOPIC,
                ticket,
                sent(ticket, department, waiting, attachments, waiting.isOneTouch())
                        .toArray(DomainEvent[]::new));
    }

    /// A forward: it goes out by mail, and neither answers the customer nor moves the ticket.
    @Transactional(Transactional.TxType.MANDATORY)
    public Message forward(
            Ticket ticket,
            NewMessage message,
            List<Attachment> attachments,
            Function<Message, ? extends DomainEvent> further) {
        Message added = new Message(ticket.id(), ticket.takePosition(), message);
        return write(
                ticket,
                added,
                attachments,
                List.of(added(ticket, added, attachments, ReplyThread.NONE), further.apply(added)));
    }

    private List<DomainEvent> sent(
            Ticket ticket, Department department, Message message, List<Attachment> attachments, boolean oneTouch) {
        ReplyThread thread = message.deliverVia() == DeliverVia.MAIL
                ? messages.lastMail(ticket.id()).map(Message::threadOfReply).orElse(ReplyThread.NONE)
                : null;
        ticket.customerAnswered();
        List<DomainEvent> events = new ArrayList<>();
        events.add(added(ticket, message, attachments, thread));
        Stage next = next(ticket, department, message.solves());
        if (next != null) {
            events.addAll(stages.move(ticket, department, next, Ticket.Move.withReply(oneTouch && message.solves())));
        }
        replies.fire(new PublicReply(ticket, message));
        return events;
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
        keep(added, attachments);
        return added;
    }

    private void keep(Message added, List<Attachment> attachments) {
        messages.persist(added);
        for (Attachment attachment : attachments) {
            if (attachment.messageId() == null) {
                attachment.joinMessage(added.id());
            } else {
                messages.persist(attachment);
            }
        }
    }
}
