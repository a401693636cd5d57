package org.stonechat.ticket.reply;

import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.stonechat.ticket.event.DeliverVia;

/// How a contact wants to be answered.
@Entity
@Table(name = "contact_channel")
class PreferredChannel {

    @Id
    @Column(name = "contact_id")
    private UUID contactId;

    @Enumerated(EnumType.STRING)
    private DeliverVia channel;

    private int version;

    protected PreferredChannel() {}

    PreferredChannel(UUID contactId, DeliverVia channel) {
        this.contactId = contactId;
        this.channel = channel;
        this.version = 1;
    }

    void become(DeliverVia other) {
        channel = other;
        version++;
    }

    DeliverVia channel() {
        return channel;
    }
}
