package org.stonechat.notification.live;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// One line of the live stream, and who may see it.
///
/// @param recipientId for this person alone; null for everybody who may see the ticket
/// @param payload     JSON without anything personal
record LiveLine(
        LiveCursor cursor,
        String type,
        @Nullable UUID departmentId,
        @Nullable UUID previousDepartmentId,
        @Nullable UUID teamId,
        @Nullable UUID assigneeId,
        @Nullable UUID recipientId,
        String payload) {}
