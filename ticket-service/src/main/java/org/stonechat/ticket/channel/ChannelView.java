package org.stonechat.ticket.channel;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "MessagingChannel")
record ChannelView(
        UUID id,
        String name,
        UUID departmentId,
        @Nullable UUID teamId,
        @Nullable String outboundUrl,
        boolean active,
        Instant createdAt,
        int version,

        @Schema(description = "`whsec_…`, what both sides sign with; shown once, when it is made") @Nullable
        String secret) {

    static ChannelView from(Channel channel, @Nullable String secret) {
        return new ChannelView(
                channel.id(),
                channel.name(),
                channel.departmentId(),
                channel.teamId(),
                channel.outboundUrl(),
                channel.isActive(),
                channel.createdAt(),
                channel.version(),
                secret);
    }
}
