package org.stonechat.ticket.ticket;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Bounds of what a ticket takes in.
@ConfigMapping(prefix = "stonechat.ticket")
public interface TicketConfig {

    /// The largest file that can be attached.
    @WithDefault("25M")
    MemorySize attachmentLimit();

    /// How many files people can add to one ticket; what comes by mail is not counted out.
    @WithDefault("200")
    int attachmentCount();
}
