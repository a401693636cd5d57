package org.stonechat.ticket.mail;

import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.ticket.reply.Deliveries;

/// What the notification service tells of mail, in and out.
@ApplicationScoped
class MailEvents implements EventConsumer {

    private final IncomingMail incoming;
    private final Deliveries deliveries;

    MailEvents(IncomingMail incoming, Deliveries deliveries) {
        this.incoming = incoming;
        this.deliveries = deliveries;
    }

    record MailSent(@Nullable UUID messageId, @Nullable Instant sentAt) {}

    record MailFailed(
            @Nullable UUID messageId,
            String reason,
            @Nullable Instant failedAt) {}

    @Override
    public String topic() {
        return "mail";
    }

    @Override
    public void handle(ReceivedEvent event) {
        switch (event.type()) {
            case "MailReceived" ->
                incoming.take(new ReceivedMail(
                        event.dataAs(ReceivedMail.Data.class), event.personalAs(ReceivedMail.Personal.class)));
            case "MailSent" -> {
                MailSent sent = event.dataAs(MailSent.class);
                if (sent.messageId() != null) {
                    deliveries.mailSent(sent.messageId(), sent.sentAt() == null ? event.time() : sent.sentAt());
                }
            }
            case "MailFailed" -> {
                MailFailed failed = event.dataAs(MailFailed.class);
                if (failed.messageId() != null) {
                    deliveries.mailFailed(
                            failed.messageId(),
                            failed.reason(),
                            failed.failedAt() == null ? event.time() : failed.failedAt());
                }
            }
            default -> {
                // Contracts grow; other events of this topic are for others.
            }
        }
    }
}
