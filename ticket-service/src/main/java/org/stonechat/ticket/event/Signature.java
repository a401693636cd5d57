package org.stonechat.ticket.event;

import org.jspecify.annotations.Nullable;

/// What stands below a message when it goes out.
///
/// @param html sanitised; null for text alone
public record Signature(String text, @Nullable String html) {}
