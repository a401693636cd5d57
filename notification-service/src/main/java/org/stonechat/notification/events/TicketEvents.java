package org.stonechat.notification.events;

import java.util.Objects;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.notification.inapp.Notices;
import org.stonechat.notification.incoming.Ledger;
import org.stonechat.notification.live.LiveEvents;
import org.stonechat.notification.outgoing.NewMessage;
import org.stonechat.notification.outgoing.OutgoingMails;
import org.stonechat.notification.ticket.KnownTickets;
import org.stonechat.notification.ticket.TicketFacts;

/// Turns what happens to tickets into mail, notifications and the live stream, and closes the mail ledger.
@ApplicationScoped
class TicketEvents implements EventConsumer {

    private final KnownTickets tickets;
    private final OutgoingMails outgoing;
    private final Ledger ledger;
    private final Notices notices;
    private final LiveEvents live;

    TicketEvents(KnownTickets tickets, OutgoingMails outgoing, Ledger ledger, Notices notices, LiveEvents live) {
        this.tickets = tickets;
        this.outgoing = outgoing;
        this.ledger = ledger;
        this.notices = notices;
        this.live = live;
    }

    record HandledData(
            UUID mailId,
            @Nullable UUID ticketId,
            @Nullable UUID messageId,
            @Nullable String reason) {}

    record CreatedData(NewMessage.@Nullable Data firstMessage) {}

    record Requester(@Nullable String name, @Nullable String address) {}

    record CreatedPersonal(
            @Nullable String subject, @Nullable Requester requester, NewMessage.@Nullable Personal firstMessage) {}

    record Assignment(@Nullable UUID agentId, @Nullable UUID teamId) {}

    record AssignedData(@Nullable Assignment to) {}

    record DeliveryData(
            UUID messageId,
            @Nullable String deliverVia,
            @Nullable String from,
            @Nullable String to) {}

    record CopyData(
            UUID messageId, @Nullable String from, @Nullable String to) {}

    record ReferredData(@Nullable UUID fromDepartmentId) {}

    @Override
    public String topic() {
        return "tickets";
    }

    /// What was said before a ticket was taken over changes nothing of how it stands, and is no news.
    @Override
    public boolean concerns(ReceivedEvent event) {
        return !(event.type().equals("MessageAdded") && isImported(event));
    }

    @Override
    public void handle(ReceivedEvent event) {
        TicketFacts facts = event.dataAs(TicketFacts.class);
        boolean ofTicket = facts.ticketId() != null && facts.departmentId() != null;
        if (ofTicket && tickets.update(facts)) {
            ledger.ticketMoved(Objects.requireNonNull(facts.ticketId()));
        }
        if (event.type().equals("MailHandled")) {
            HandledData handled = event.dataAs(HandledData.class);
            ledger.handled(handled.mailId(), handled.ticketId(), handled.messageId(), handled.reason());
        }
        if (!ofTicket) {
            return;
        }
        if (isImported(event)) {
            // It is known from now on, but it is no news.
            if (event.type().equals("TicketCreated")) {
                describe(event.personalAs(CreatedPersonal.class), facts);
            }
            return;
        }
        switch (event.type()) {
            case "TicketCreated" -> created(event, facts);
            case "MessageAdded" ->
                message(event, facts, event.dataAs(NewMessage.Data.class), event.personalAs(NewMessage.Personal.class));
            case "TicketAssigned" -> assigned(event, facts);
            case "TicketReferred" -> referred(event, facts);
            case "RequesterChanged" -> requesterChanged(event, facts);
            case "MessageDeliveryChanged" -> delivery(event.dataAs(DeliveryData.class));
            case "MailCopyChanged" -> copy(event.dataAs(CopyData.class));
            default -> {
                // Everything else is only shown live.
            }
        }
        live.append(facts, event, previousDepartment(event));
    }

    private void created(ReceivedEvent event, TicketFacts facts) {
        CreatedPersonal personal = event.personalAs(CreatedPersonal.class);
        describe(personal, facts);
        NewMessage.Data first = event.dataAs(CreatedData.class).firstMessage();
        if (first != null && personal.firstMessage() != null) {
            outgoing.messageAdded(facts, first, personal.firstMessage());
        }
        if (facts.assigneeId() == null) {
            notices.unassigned(facts, event);
        } else {
            notices.assigned(facts, facts.assigneeId(), event);
        }
    }

    private void describe(CreatedPersonal personal, TicketFacts facts) {
        Requester requester = personal.requester();
        tickets.describe(
                Objects.requireNonNull(facts.ticketId()),
                personal.subject(),
                requester == null ? null : requester.name(),
                requester == null ? null : requester.address());
    }

    /// Whether the event tells of what happened elsewhere, before the ticket was taken over.
    private static boolean isImported(ReceivedEvent event) {
        return switch (event.type()) {
            case "TicketCreated" -> event.data().path("how").asText().equals("IMPORT");
            case "StageChanged" -> event.data().path("why").asText().equals("IMPORT");
            default -> event.data().path("imported").asBoolean(false);
        };
    }

    private void message(
            ReceivedEvent event, TicketFacts facts, NewMessage.Data message, NewMessage.Personal personal) {
        outgoing.messageAdded(facts, message, personal);
        if (message.kind().equals("CUSTOMER") && facts.assigneeId() != null) {
            notices.customerWrote(facts, facts.assigneeId(), event);
        }
        if (message.kind().equals("COMMENT") && message.authorId() == null && facts.assigneeId() != null) {
            // Nobody who works here wrote it, so it came by mail.
            notices.commentedByMail(facts, facts.assigneeId(), event);
        }
        if (message.mentions() != null && !message.mentions().isEmpty()) {
            notices.mentioned(facts, message.mentions(), event);
        }
    }

    private void delivery(DeliveryData changed) {
        // Somebody has asked for another attempt; everything else was said by this service itself, or concerns others.
        if ("MAIL".equals(changed.deliverVia()) && "FAILED".equals(changed.from()) && "QUEUED".equals(changed.to())) {
            outgoing.retry(changed.messageId());
        }
    }

    private void copy(CopyData changed) {
        // The same of the copy of a review's answer.
        if ("FAILED".equals(changed.from()) && "QUEUED".equals(changed.to())) {
            outgoing.retry(changed.messageId());
        }
    }

    private void assigned(ReceivedEvent event, TicketFacts facts) {
        Assignment to = event.dataAs(AssignedData.class).to();
        if (to != null && to.agentId() != null) {
            notices.assigned(facts, to.agentId(), event);
        }
    }

    /// It is new to the department it came to; an agent it was given to hears of that by itself.
    private void referred(ReceivedEvent event, TicketFacts facts) {
        if (facts.assigneeId() == null) {
            notices.unassigned(facts, event);
        }
    }

    private void requesterChanged(ReceivedEvent event, TicketFacts facts) {
        Requester requester = event.personalAs(CreatedPersonal.class).requester();
        if (requester != null) {
            tickets.belongsTo(Objects.requireNonNull(facts.ticketId()), requester.name(), requester.address());
        }
    }

    private static @Nullable UUID previousDepartment(ReceivedEvent event) {
        return event.type().equals("TicketReferred")
                ? event.dataAs(ReferredData.class).fromDepartmentId()
                : null;
    }
}
