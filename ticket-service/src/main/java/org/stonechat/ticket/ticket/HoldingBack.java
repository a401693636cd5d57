package org.stonechat.ticket.ticket;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.work.DueWork;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.draft.Drafts;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MessageDeliveryChanged;

/// Brings replies that wait back to their authors, as drafts that say why. The ticket has been locked by the
/// caller.
@ApplicationScoped
public class HoldingBack {

    /// The customer wrote before the reply was out.
    static final String CUSTOMER_WROTE = "customer-wrote";

    private final MessageRepository messages;
    private final Drafts drafts;
    private final DueWork dueWork;
    private final InstantSource clock;

    HoldingBack(MessageRepository messages, Drafts drafts, DueWork dueWork, InstantSource clock) {
        this.messages = messages;
        this.drafts = drafts;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    /// Nothing that waits may cross what the customer has just written.
    ///
    /// @return what the ticket has to tell of it
    @Transactional(Transactional.TxType.MANDATORY)
    List<DomainEvent> customerWrote(Ticket ticket) {
        List<DomainEvent> events = new ArrayList<>();
        for (Message waiting : messages.scheduled(ticket.id())) {
            events.add(back(ticket, waiting, Delivery.HELD_BACK, CUSTOMER_WROTE));
        }
        return events;
    }

    /// @param end    WITHDRAWN or HELD_BACK
    /// @param reason null when somebody wanted it so
    @Transactional(Transactional.TxType.MANDATORY)
    MessageDeliveryChanged back(Ticket ticket, Message waiting, Delivery end, @Nullable String reason) {
        waiting.comeBack(end, reason);
        dueWork.cancel(ReplySendingWork.KIND, waiting.id().toString());
        List<Attachment> attachments = messages.attachments(List.of(waiting.id()));
        attachments.forEach(Attachment::leaveMessage);
        drafts.takeBack(ticket.id(), waiting, attachments, reason == null ? "withdrawn" : reason);
        return new MessageDeliveryChanged(new MessageDeliveryChanged.Data(
                ticket.standing(),
                waiting.id(),
                waiting.deliverVia(),
                Delivery.SCHEDULED,
                end,
                reason,
                clock.instant(),
                null,
                null));
    }
}
