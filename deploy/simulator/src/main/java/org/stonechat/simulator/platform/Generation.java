package org.stonechat.simulator.platform;

import java.time.Instant;
import java.util.List;

/// An order for a number of believable reviews. The same order makes the same reviews, to the letter.
///
/// @param channel   the platform's id of the shop
/// @param languages out of nl, de, en, fr and fa
public record Generation(long seed, int count, String channel, Instant from, Instant until, List<String> languages) {

    public Generation {
        languages = List.copyOf(languages);
    }

    /// Stands in the ids of its reviews.
    String name() {
        return Long.toHexString(seed) + "-" + Integer.toHexString(channel.hashCode());
    }

    /// Later reviews have higher numbers.
    Instant submittedAt(int number) {
        long span = until.toEpochMilli() - from.toEpochMilli();
        return Instant.ofEpochMilli(from.toEpochMilli() + span * number / count);
    }
}
