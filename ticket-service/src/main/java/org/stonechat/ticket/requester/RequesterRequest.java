package org.stonechat.ticket.requester;

import java.util.UUID;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// Whose matter it is: a known contact, or a name and an address by which one is found or made.
@Schema(name = "RequesterRequest")
record RequesterRequest(
        @Nullable UUID contactId,

        @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Carla Customer") @Nullable
        String name,

        @Email @Size(min = 3, max = 254) @Schema(examples = "carla@customers.example") @Nullable
        String address) {

    @JsonIgnore
    @AssertTrue(message = "must be a contact, or a name or an address, and not both")
    boolean isOneOfBoth() {
        return (contactId != null) != (name != null || address != null);
    }
}
