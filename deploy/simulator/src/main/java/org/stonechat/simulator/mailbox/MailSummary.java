package org.stonechat.simulator.mailbox;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// One line of a mailbox.
///
/// @param uid the IMAP UID, stable within the mailbox
public record MailSummary(
        long uid,
        @Nullable String messageId,
        @Nullable String inReplyTo,
        @Nullable String from,
        List<String> to,
        String subject,
        @Nullable Instant receivedAt) {}
