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

        @Schema(
                description = "False: other departments keep it. Name and addresses are those your tickets were given,"
                        + " and nothing else is told")
        boolean whole,

        Instant createdAt,
        int version) {

    static ContactView from(Contact contact, List<Contact> aliases) {
        return new ContactView(
                contact.id(),
                contact.name(),
                contact.address(),
                Stream.concat(
                                contact.ownAddresses().stream(),
                                aliases.stream().flatMap(alias -> alias.ownAddresses().stream()))
                        .distinct()
                        .toList(),
                contact.phone(),
                contact.language(),
                contact.preferredChannel(),
                contact.organisationId(),
                aliases.stream().map(Contact::id).toList(),
                true,
                contact.createdAt(),
                contact.version());
    }

    /// What somebody knows of a contact that other departments keep.
    static ContactView told(Contact contact, Contacts.Told told) {
        return new ContactView(
                contact.id(),
                told.name(),
                told.addresses().isEmpty() ? null : told.addresses().getFirst(),
                told.addresses(),
                null,
                null,
                null,
                null,
                List.of(),
                false,
                contact.createdAt(),
                contact.version());
    }
}
