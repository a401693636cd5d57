package org.stonechat.ticket.agent;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// The whole state of somebody who works here, as it stands now.
record AgentDefined(Data data, Personal personal) implements DomainEvent {

    /// @param departments ids, or `*` alone for all
    record Data(
            UUID id,
            @Nullable String locale,
            @Nullable String zone,
            List<String> roles,
            List<String> departments,
            List<UUID> teams,
            boolean active,
            Presence presence) {}

    record Personal(String displayName, @Nullable String mail) {}
}
