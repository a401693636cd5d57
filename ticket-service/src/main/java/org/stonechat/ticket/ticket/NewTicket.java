package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;

/// A ticket that is about to be opened, wherever it comes from.
///
/// @param id          the ticket's id, drawn beforehand so that attachments can name it
/// @param how         MANUAL, MAIL, FORM, API, REVIEW, MESSAGE, PHONE or LETTER
/// @param clientId    with `externalId`: the API client and its own id of the ticket
/// @param attachments those of the first message
/// @param followUpOf  the closed ticket it continues
public record NewTicket(
        UUID id,
        UUID departmentId,
        String subject,
        Contacts.Writer writer,
        Channel channel,
        String how,
        @Nullable UUID teamId,
        @Nullable UUID queueId,
        @Nullable UUID assigneeId,
        Priority priority,
        @Nullable UUID typeId,
        String category,
        List<String> tags,
        @Nullable String language,
        @Nullable Instant dueAt,
        @Nullable UUID clientId,
        @Nullable String externalId,
        @Nullable NewMessage firstMessage,
        List<Attachment> attachments,
        @Nullable ReviewFacts review,
        @Nullable UUID followUpOf) {

    /// The category of a ticket nobody chose one for.
    public static final String OTHER = "Other";
}
