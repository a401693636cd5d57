package org.stonechat.ticket.contact;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.DeliverVia;

@Schema(name = "Contact")
public record ContactView(
        UUID id,
        @Nullable String name,

        @Schema(description = "The preferred address") @Nullable
        String address,

        @Schema(description = "All addresses, the preferred one first and those of merged contacts last")
        List<String> addresses,

        @Nullable String phone,
        @Nullable String language,

        @Schema(description = "How the customer wants to be answered: MAIL, CHANNEL or PORTAL") @Nullable
        DeliverVia preferredChannel,

        @Nullable UUID organisationId,

        @Schema(description = "The contacts that were merged into this one")
        List<UUID> aliases,

        Instant createdAt,
        int version) {

    public static ContactView from(Contact contact, List<Contact> aliases) {
        return new ContactView(
                contact.id(),
                contact.name(),
                contact.address(),
                Stream.concat(
                                contact.ownAddresses().stream(),
                                aliases.stream().flatMap(alias -> alias.ownAddresses().stream()))
                        .toList(),
                contact.phone(),
                contact.language(),
                contact.preferredChannel(),
                contact.organisationId(),
                aliases.stream().map(Contact::id).toList(),
                contact.createdAt(),
                contact.version());
    }
}
