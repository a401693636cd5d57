package org.stonechat.ticket.event;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// What a mail program needs to show a reply under what it answers (RFC 5322, section 3.6.4).
///
/// @param inReplyTo  the Message-ID of the customer's last mail; null when none came by mail
/// @param references the chain up to and including it, newest last
public record ReplyThread(@Nullable String inReplyTo, List<String> references) {

    public static final ReplyThread NONE = new ReplyThread(null, List.of());
}
