package org.stonechat.ticket.rights;

import java.util.UUID;

import org.stonechat.kit.event.Aggregate;

/// A defined role as the subject of one event, whose number its row has given out already.
///
/// A code that is deleted and defined anew is another role: what is gone does not come back under its id.
record RoleLife(UUID id, long nextSequence) implements Aggregate {}
