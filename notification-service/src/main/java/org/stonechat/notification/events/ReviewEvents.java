package org.stonechat.notification.events;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.notification.outgoing.OutgoingMails;

/// Learns from published review replies whether their mail copy is left to this service.
@ApplicationScoped
class ReviewEvents implements EventConsumer {

    private final OutgoingMails outgoing;

    ReviewEvents(OutgoingMails outgoing) {
        this.outgoing = outgoing;
    }

    record RepliedData(UUID messageId, boolean mailCopyOwed) {}

    @Override
    public String topic() {
        return "reviews";
    }

    @Override
    public boolean knows(String type) {
        return type.equals("ReviewReplied");
    }

    @Override
    public void handle(ReceivedEvent event) {
        if (knows(event.type())) {
            RepliedData data = event.dataAs(RepliedData.class);
            outgoing.reviewReplied(data.messageId(), data.mailCopyOwed());
        }
    }
}
