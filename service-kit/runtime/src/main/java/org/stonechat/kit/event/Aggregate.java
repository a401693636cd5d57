package org.stonechat.kit.event;

import java.util.UUID;

/// Something with a life of its own, whose events are numbered without gaps.
///
/// The counter lives on the aggregate's own row, which the use case has locked for the change: two
/// transactions can never give out the same number, and a rolled-back one leaves no gap.
public interface Aggregate {

    /// The subject of the aggregate's events and their key on Kafka.
    UUID id();

    /// Moves the stored counter on by one and returns it; the first event of an aggregate is 1.
    long nextSequence();
}
