package org.stonechat.ticket.event;

import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

/// Somebody with a mail address.
///
/// @param agentId somebody who works here and was named by user name or role: whoever named them need not know the
///                address, and is shown the name alone
public record Correspondent(
        @Nullable String name,

        @Schema(description = "Absent for somebody who was named by user name or role") @Nullable
        String address,

        @Schema(description = "Somebody who works here and was named by user name or role")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        UUID agentId) {

    public Correspondent(@Nullable String name, @Nullable String address) {
        this(name, address, null);
    }

    /// As it is shown to people.
    public Correspondent shown() {
        return agentId == null ? this : new Correspondent(name, null, agentId);
    }
}
