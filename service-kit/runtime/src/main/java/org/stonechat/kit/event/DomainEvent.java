package org.stonechat.kit.event;

import org.jspecify.annotations.Nullable;

/// A fact in the past tense that an aggregate's transition returns.
///
/// A service's events are records `(Data data, Personal personal)`: `data` holds ids, codes, numbers and
/// times, `personal` whatever a person wrote or that names one. Erasing a contact empties `personal` and
/// nothing else. Field names are fixed by the contract of the same name under `contracts/`.
public interface DomainEvent {

    /// Null on a compacted topic only: the entity is gone, and the event becomes a tombstone.
    @Nullable
    Object data();

    Object personal();

    /// The CloudEvents type: the simple class name, such as `StageChanged`.
    default String type() {
        return getClass().getSimpleName();
    }

    default int schemaVersion() {
        return 1;
    }
}
