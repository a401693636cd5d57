package org.stonechat.ticket.event;

import org.jspecify.annotations.Nullable;

/// Somebody with a mail address.
public record Correspondent(@Nullable String name, @Nullable String address) {}
