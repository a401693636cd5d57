package org.stonechat.ticket.department;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A stage as an admin wants it; its place is that in the list.
///
/// @param id null for a new one
public record StageDraft(
        @Nullable UUID id,
        String label,
        StageCategory category,
        boolean initial,
        boolean reopen,
        boolean solve,
        boolean close,
        boolean escalates) {

    StageDraft of(UUID known) {
        return new StageDraft(known, label, category, initial, reopen, solve, close, escalates);
    }
}
