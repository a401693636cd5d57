package org.stonechat.kit.problem;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;

/// What went wrong between the caller and us, not within: nothing that an error in a log would help with.
enum CallersPart {
    /// The body keeps silent for longer than the read timeout.
    SLOW,
    /// Nobody hears an answer any more, or Quarkus has given it already: the body grew too large.
    ANSWERED;

    private static final int DEEPEST = 20;

    /// Quarkus and the JDK tell these by their words alone.
    private static final Set<String> WORDS_OF_THE_END = Set.of(
            "Connection reset",
            "Connection reset by peer",
            "Broken pipe",
            "Connection was closed",
            "Failed to write",
            "Stream is closed",
            "Request too large");

    /// Null when it is not the caller's part.
    static @Nullable CallersPart in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            CallersPart part = of(cause);
            if (part != null) {
                return part;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static @Nullable CallersPart of(Throwable cause) {
        if (cause instanceof ClosedChannelException
                || cause instanceof HttpClosedException
                || cause instanceof StreamResetException) {
            return ANSWERED;
        }
        String words = cause.getMessage();
        if (!(cause instanceof IOException) || words == null) {
            return null;
        }
        if (words.equals("Read timed out")) {
            return SLOW;
        }
        return WORDS_OF_THE_END.contains(words) ? ANSWERED : null;
    }
}
