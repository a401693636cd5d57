package org.stonechat.ticket.agent;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Agent")
record AgentView(
        UUID id,
        String displayName,
        @Nullable String mail,
        @Nullable String locale,
        @Nullable String zone,
        List<String> roles,
        @Schema(description = "Ids, or `*` alone for all") List<String> departments,
        List<UUID> teams,

        @Schema(description = "Null for whoever may not see the presence of others, see `/agents/presence`") @Nullable
        Presence presence,

        @Schema(description = "When they came or stepped away, or, once offline, left") @Nullable
        Instant lastSeenAt,

        @Schema(description = "What they sign in with; `@` and this name mention them", examples = "alice") @Nullable
        String userName) {

    /// @param withPresence whether the reader may see it
    static AgentView from(Agent agent, List<UUID> teams, boolean withPresence) {
        return new AgentView(
                agent.id(),
                agent.displayName(),
                agent.mail(),
                agent.locale(),
                agent.zone(),
                agent.roles(),
                agent.departmentClaims(),
                teams,
                withPresence ? agent.presence() : null,
                withPresence ? agent.lastSeenAt() : null,
                agent.userName());
    }
}
