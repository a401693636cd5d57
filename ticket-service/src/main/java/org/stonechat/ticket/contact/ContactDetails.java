package org.stonechat.ticket.contact;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.DeliverVia;

/// What people may say of a contact.
///
/// @param addresses in lower case, the preferred one first
record ContactDetails(
        @Nullable String name,
        List<String> addresses,
        @Nullable String phone,
        @Nullable String language,
        @Nullable DeliverVia preferredChannel,
        @Nullable UUID organisationId) {

    ContactDetails {
        addresses = List.copyOf(addresses);
    }

    /// A contact nobody could be found or reached by is none.
    boolean saysNothing() {
        return name == null && addresses.isEmpty() && phone == null;
    }
}
