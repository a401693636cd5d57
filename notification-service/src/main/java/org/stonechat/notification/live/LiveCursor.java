package org.stonechat.notification.live;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// A place in the live stream: the transaction a line was written in, and its position. It is the `id` of the
/// line.
record LiveCursor(long transactionId, long position) implements Comparable<LiveCursor> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /// Empty for what was never one of ours.
    static Optional<LiveCursor> parse(@Nullable String text) {
        Matcher matcher = TEXT.matcher(text == null ? "" : text.strip());
        return matcher.matches()
                ? Optional.of(new LiveCursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(LiveCursor other) {
        int byTransaction = Long.compare(transactionId, other.transactionId);
        return byTransaction != 0 ? byTransaction : Long.compare(position, other.position);
    }

    @Override
    public String toString() {
        return transactionId + "-" + position;
    }
}
