package org.stonechat.ticket.writing;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "CannedReply")
record CannedReplyView(
        UUID id,
        UUID departmentId,
        String title,
        @Nullable String shortcut,
        @Nullable String language,
        String bodyText,
        @Nullable String bodyHtml,
        Instant changedAt,
        int version) {

    static CannedReplyView from(CannedReply canned) {
        return new CannedReplyView(
                canned.id(),
                canned.departmentId(),
                canned.title(),
                canned.shortcut(),
                canned.language(),
                canned.bodyText(),
                canned.bodyHtml(),
                canned.changedAt(),
                canned.version());
    }
}
