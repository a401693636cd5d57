package org.stonechat.e2e.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Compares the event logs of the services with what their topics hold.
final class EventLogs {

    private EventLogs() {}

    /// An event as it was committed.
    record Committed(UUID id, String topic, UUID subject, long sequence) {}

    /// A record as it lies in a topic.
    ///
    /// @param digest of its value: a repetition has the same
    record Published(UUID id, String topic, UUID subject, long sequence, int digest) {}

    /// @param repeated records beyond the first of an event; consumers ignore them
    record Comparison(int missing, int repeated) {}

    /// @param published in the order of each partition
    static Comparison compare(List<Committed> committed, List<Published> published, Tally tally) {
        Map<UUID, Published> first = new HashMap<>();
        Map<UUID, Long> highest = new HashMap<>();
        int repeated = 0;
        for (Published event : published) {
            Published before = first.putIfAbsent(event.id(), event);
            if (before == null) {
                long last = highest.getOrDefault(event.subject(), 0L);
                if (event.sequence() < last) {
                    tally.wrong("event " + event.id() + " of " + event.topic() + " came as number " + event.sequence()
                            + " of its subject after number " + last);
                }
                highest.merge(event.subject(), event.sequence(), Math::max);
            } else {
                repeated++;
                if (!before.equals(event)) {
                    tally.doubled("event " + event.id() + " of " + event.topic() + " came twice, and not as the same");
                }
            }
        }
        Set<UUID> known = new HashSet<>();
        int missing = 0;
        for (Committed event : committed) {
            known.add(event.id());
            if (!first.containsKey(event.id())) {
                missing++;
                tally.lost("event " + event.id() + " (" + event.topic() + ", number " + event.sequence() + " of "
                        + event.subject() + ") never reached its topic");
            }
        }
        first.values().stream()
                .filter(event -> !known.contains(event.id()))
                .forEach(event -> tally.doubled(
                        "event " + event.id() + " of " + event.topic() + " was published and never committed"));
        return new Comparison(missing, repeated);
    }
}
