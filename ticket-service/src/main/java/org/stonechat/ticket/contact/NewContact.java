package org.stonechat.ticket.contact;

import java.util.List;
import java.util.UUID;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.DeliverVia;

/// A contact made by hand. A name, an address or a telephone number suffices.
@Schema(name = "NewContact")
record NewContact(
        @NotNull @Schema(description = "Whose contact it is at first; further ones follow with their tickets")
        UUID departmentId,

        @Size(min = 1, max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Carl Customer") @Nullable
        String name,

        @Size(max = 20) @Schema(description = "The preferred one first") @Nullable
        List<@NotNull @Email @Size(min = 3, max = 254) @Pattern(regexp = "[^\\p{Cntrl}]*") String> addresses,

        @Size(min = 3, max = 50) @Pattern(regexp = "[0-9+()/. -]*") @Schema(examples = "+31 20 123 45 67") @Nullable
        String phone,

        @Size(max = 35) @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") @Schema(examples = "nl") @Nullable
        String language,

        @Schema(description = "MAIL, CHANNEL or PORTAL") @Nullable
        DeliverVia preferredChannel,

        @Nullable UUID organisationId) {

    ContactDetails details() {
        return new ContactDetails(
                name == null || name.isBlank() ? null : name.strip(),
                addresses == null
                        ? List.of()
                        : addresses.stream()
                                .map(Contacts::normalised)
                                .distinct()
                                .toList(),
                phone,
                language,
                preferredChannel,
                organisationId);
    }
}
