package org.stonechat.e2e.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// What the journal says of one operation after all its attempts.
///
/// @param acknowledged the client was told that it is done
/// @param refused      the client was told that it will not be done
/// @param id           what the platform made of it; null unless acknowledged
record Claim(
        Operation operation,
        UUID key,
        boolean acknowledged,
        boolean refused,
        @Nullable String id,
        @Nullable String parent,
        @Nullable String address,
        @Nullable String detail) {

    /// Of one target's operations, in the order of their first attempts.
    static List<Claim> of(List<Entry> journal, String target) {
        Map<UUID, List<Entry>> byKey = new LinkedHashMap<>();
        for (Entry entry : journal) {
            if (entry.target().equals(target)) {
                byKey.computeIfAbsent(entry.key(), key -> new ArrayList<>()).add(entry);
            }
        }
        return byKey.values().stream().map(Claim::of).toList();
    }

    private static Claim of(List<Entry> entries) {
        Entry first = entries.getFirst();
        Entry last = entries.getLast();
        Entry acknowledged = entries.stream()
                .filter(entry -> entry.state() == Entry.State.ACKNOWLEDGED)
                .findFirst()
                .orElse(null);
        return new Claim(
                first.operation(),
                first.key(),
                acknowledged != null,
                acknowledged == null && last.state() == Entry.State.REFUSED,
                acknowledged == null ? null : acknowledged.id(),
                first.parent(),
                first.address(),
                last.detail());
    }

    /// @throws IllegalStateException when it was not acknowledged with one
    String requiredId() {
        return Objects.requireNonNull(id, () -> operation + " " + key + " has no id");
    }

    String requiredParent() {
        return Objects.requireNonNull(parent, () -> operation + " " + key + " has no parent");
    }

    String requiredAddress() {
        return Objects.requireNonNull(address, () -> operation + " " + key + " has no address");
    }
}
