package org.stonechat.kit.secret;

import org.jspecify.annotations.Nullable;

/// What a key is for. Each purpose has a key of its own, so that what was made for one is worth nothing to another.
///
/// @param label      goes into the derivation: once something is stored or sent, it never changes
/// @param earlierKey how the key was made before values said which secret they were made with; null when
///                   there are no such values
public record Purpose(String label, @Nullable EarlierKey earlierKey) {

    public Purpose {
        if (label.isBlank()) {
            throw new IllegalArgumentException("a purpose has a label");
        }
    }

    public static Purpose of(String label) {
        return new Purpose(label, null);
    }
}
