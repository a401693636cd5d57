package org.stonechat.ticket.export;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.contact.Contact;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.MessageView;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.ticket.Ticket;

/// A ticket as it stands now, with its whole conversation.
@Schema(name = "ExportedTicket")
record ExportedTicket(
        UUID id,

        @Schema(description = "True: it went to a department that you do not export; nothing else is told of it")
        boolean gone,

        @Nullable State ticket) {

    @Schema(name = "ExportedState")
    record State(
            long number,
            String subject,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID queueId,
            @Nullable UUID assigneeId,
            UUID stageId,
            StageCategory stageCategory,
            Priority priority,
            boolean escalated,
            @Nullable UUID typeId,
            String category,
            List<String> tags,
            Requester requester,
            Channel channel,
            @Nullable String language,
            @Nullable Instant dueAt,
            @Nullable Instant waitingSince,
            Instant createdAt,
            @Nullable Instant solvedAt,
            @Nullable Instant closedAt,
            @Nullable UUID resolvedBy,
            @Nullable UUID reviewId,
            @Nullable UUID followUpOf,

            @Schema(description = "The ticket it is an alias of") @Nullable
            UUID mergedInto,

            @Nullable String externalId,
            int version,
            List<MessageView> messages) {}

    @Schema(name = "ExportedRequester")
    record Requester(UUID id, @Nullable String name, List<String> addresses) {}

    static ExportedTicket gone(UUID id) {
        return new ExportedTicket(id, true, null);
    }

    static ExportedTicket from(Ticket ticket, Contact contact, List<MessageView> messages) {
        Contacts.Known known = ticket.requester(Contacts.Known.of(contact));
        return new ExportedTicket(
                ticket.id(),
                false,
                new State(
                        ticket.number(),
                        ticket.subject(),
                        ticket.departmentId(),
                        ticket.teamId(),
                        ticket.queueId(),
                        ticket.assigneeId(),
                        ticket.stageId(),
                        ticket.stageCategory(),
                        ticket.priority(),
                        ticket.isEscalated(),
                        ticket.typeId(),
                        ticket.category(),
                        ticket.tags(),
                        new Requester(known.id(), known.name(), addresses(known, contact)),
                        ticket.channel(),
                        ticket.language(),
                        ticket.dueAt(),
                        ticket.waitingSince(),
                        ticket.createdAt(),
                        ticket.solvedAt(),
                        ticket.closedAt(),
                        ticket.resolvedBy(),
                        ticket.reviewId(),
                        ticket.followUpOf(),
                        ticket.mergedInto(),
                        ticket.externalId(),
                        ticket.version(),
                        messages));
    }

    /// Of a contact that others keep, what the ticket was given.
    private static List<String> addresses(Contacts.Known known, Contact contact) {
        if (known.given()) {
            return known.address() == null ? List.of() : List.of(known.address());
        }
        return contact.ownAddresses();
    }
}
