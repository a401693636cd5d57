package org.stonechat.ticket.contact;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Contact")
record ContactView(
        UUID id,
        @Nullable String name,
        @Nullable String address,
        @Nullable String language,
        Instant createdAt,
        int version) {

    static ContactView from(Contact contact) {
        return new ContactView(
                contact.id(),
                contact.name(),
                contact.address(),
                contact.language(),
                contact.createdAt(),
                contact.version());
    }
}
