package org.stonechat.ticket.writing;

import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Signature;

@Schema(name = "ConversationSettings")
record ConversationSettingsView(
        UUID departmentId,
        @Schema(examples = "PT10S") String undoSendFor,
        @Nullable Signature signature,
        int version) {

    static ConversationSettingsView from(UUID departmentId, ConversationSettings settings) {
        return new ConversationSettingsView(
                departmentId, settings.undo().toString(), settings.signature(), settings.version());
    }
}
