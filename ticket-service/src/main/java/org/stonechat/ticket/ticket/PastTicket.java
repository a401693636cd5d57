package org.stonechat.ticket.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.EventLog.PastEvent;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.event.ImportedMessage;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.StageChanged;
import org.stonechat.ticket.event.TicketCreated;

/// A ticket whose life up to now is lived through again: its own transitions, at the times they had.
///
/// @param events in the order they happened
public record PastTicket(Ticket ticket, List<Message> messages, List<Attachment> attachments, List<PastEvent> events) {

    /// @param actor who wrote it
    public record Said(NewMessage message, List<Attachment> attachments, Actor actor) {}

    /// How it ended, if it did.
    ///
    /// @param stage    where it stands now
    /// @param resolver who solved it
    public record Outcome(
            Stage stage,
            @Nullable Instant solvedAt,
            @Nullable Instant closedAt,
            @Nullable UUID resolver) {}

    /// @param opening without a first message: that is the first of what was said
    /// @param actor   who opened it
    /// @param now     what was solved long enough before is closed by now
    public static PastTicket live(
            NewTicket opening,
            long number,
            Contacts.Known contact,
            Department department,
            Instant createdAt,
            Actor actor,
            List<Said> said,
            Outcome outcome,
            Instant now) {
        List<Said> inOrder = said.stream()
                .sorted(Comparator.comparing(one -> one.message().at()))
                .toList();
        Ticket ticket = new Ticket(
                opening,
                number,
                contact,
                opening.language() == null ? department.language() : opening.language(),
                department.initialStage(),
                createdAt);
        ticket.beginsWith(!inOrder.isEmpty());
        List<Message> messages = new ArrayList<>();
        List<Attachment> attachments = new ArrayList<>();
        List<PastEvent> events = new ArrayList<>();
        Instant last = createdAt;
        for (Said one : inOrder) {
            Message message = new Message(ticket.id(), ticket.takePosition(), one.message());
            follow(ticket, message);
            if (messages.isEmpty()) {
                events.add(new PastEvent(ticket, createdAt, actor, created(ticket, contact, message, one, createdAt)));
            } else {
                events.add(new PastEvent(
                        ticket,
                        message.at(),
                        one.actor(),
                        new ImportedMessage(
                                new ImportedMessage.Data(
                                        ticket.standing(), message.facts(one.attachments(), contact.id(), null), true),
                                message.text(one.attachments()))));
            }
            messages.add(message);
            attachments.addAll(one.attachments());
            last = message.at().isAfter(last) ? message.at() : last;
        }
        if (messages.isEmpty()) {
            events.add(new PastEvent(ticket, createdAt, actor, created(ticket, contact, null, null, createdAt)));
        }
        end(ticket, department, outcome, actor, last, now, events);
        return new PastTicket(ticket, messages, attachments, events);
    }

    private static void follow(Ticket ticket, Message message) {
        if (message.kind() == MessageKind.CUSTOMER) {
            ticket.customerWaits(message.at());
        } else if (message.kind() == MessageKind.PUBLIC_REPLY) {
            ticket.customerAnswered();
        }
    }

    private static TicketCreated created(
            Ticket ticket, Contacts.Known contact, @Nullable Message first, @Nullable Said said, Instant createdAt) {
        return new TicketCreated(
                new TicketCreated.Data(
                        ticket.standing(),
                        "IMPORT",
                        first == null || said == null ? null : first.facts(said.attachments(), contact.id(), null),
                        createdAt,
                        ticket.dueAt(),
                        null,
                        null),
                new TicketCreated.Personal(
                        ticket.subject(),
                        new Correspondent(contact.name(), contact.address()),
                        first == null || said == null ? null : first.text(said.attachments())));
    }

    private static void end(
            Ticket ticket,
            Department department,
            Outcome outcome,
            Actor actor,
            Instant last,
            Instant now,
            List<PastEvent> events) {
        Stage stage = outcome.stage();
        Instant solvedAt = outcome.solvedAt() == null ? last : outcome.solvedAt();
        Instant closedAt = outcome.closedAt() == null ? solvedAt : outcome.closedAt();
        if (stage.category() == StageCategory.CLOSED && outcome.solvedAt() != null) {
            move(ticket, department, department.solveStage(), outcome, actor, solvedAt, events);
        }
        if (stage.category() == StageCategory.SOLVED) {
            move(ticket, department, stage, outcome, actor, solvedAt, events);
            Duration after = department.autoCloseAfter();
            if (solvedAt.plus(after).isBefore(now)) {
                move(ticket, department, department.closeStage(), outcome, Actor.SYSTEM, solvedAt.plus(after), events);
            }
            return;
        }
        move(
                ticket,
                department,
                stage,
                outcome,
                actor,
                stage.category() == StageCategory.CLOSED ? later(closedAt, solvedAt) : last,
                events);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static void move(
            Ticket ticket,
            Department department,
            Stage to,
            Outcome outcome,
            Actor actor,
            Instant at,
            List<PastEvent> events) {
        if (to.id().equals(ticket.stageId())) {
            return;
        }
        Stage from = department
                .stage(ticket.stageId())
                .orElseThrow(() -> new IllegalStateException("stage " + ticket.stageId() + " is gone"));
        StageChanged moved =
                ticket.move(from, to, Ticket.Move.because(StageChanged.Why.IMPORT), outcome.resolver(), at);
        events.add(new PastEvent(ticket, at, actor, moved));
    }
}
