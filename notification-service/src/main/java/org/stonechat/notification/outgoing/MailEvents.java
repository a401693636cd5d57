package org.stonechat.notification.outgoing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// What is told of a mail that went out, or did not.
final class MailEvents {

    private MailEvents() {}

    record Recipients(List<Content.Recipient> to, List<Content.Recipient> cc) {

        static Recipients of(Content content) {
            return new Recipients(content.to(), content.cc());
        }
    }

    /// The mail server took it.
    record MailSent(Data data, Personal personal) implements DomainEvent {

        /// @param inDoubt it was sent again without knowing whether an earlier attempt had arrived
        record Data(
                UUID mailId,
                @Nullable UUID ticketId,
                @Nullable UUID messageId,
                @Nullable UUID ratingRequestId,
                String rfcMessageId,
                boolean inDoubt,
                Instant sentAt) {}

        record Personal(Recipients recipients) {}
    }

    /// It will not be sent.
    record MailFailed(Data data, Personal personal) implements DomainEvent {

        /// @param reason     a stable code
        /// @param smtpStatus what the mail server answered (RFC 5321, section 4.2); null when it was not asked
        record Data(
                UUID mailId,
                @Nullable UUID ticketId,
                @Nullable UUID messageId,
                @Nullable UUID ratingRequestId,
                @Nullable String rfcMessageId,
                String reason,
                @Nullable Integer smtpStatus,
                Instant failedAt) {}

        /// @param detail the mail server's own words
        record Personal(Recipients recipients, @Nullable String detail) {}
    }
}
