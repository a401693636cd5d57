package org.stonechat.review.connector;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// What a platform offers.
///
/// @param mailCopy      the platform itself can mail an answer to the author
/// @param reportReasons the platform's words, empty where reviews cannot be reported
/// @param historyWindow how far back its list goes; null for all of it
public record Capabilities(
        boolean poll,
        boolean webhook,
        boolean reply,
        boolean deleteReply,
        boolean mailCopy,
        Set<String> reportReasons,
        ReplyLimit replyLimit,
        @Nullable Duration historyWindow) {

    public Capabilities {
        reportReasons = Set.copyOf(reportReasons);
    }
}
