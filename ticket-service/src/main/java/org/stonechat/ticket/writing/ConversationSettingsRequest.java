package org.stonechat.ticket.writing;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.profile.SignatureRequest;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// How a department writes.
@Schema(name = "ConversationSettingsRequest")
record ConversationSettingsRequest(
        @Schema(
                type = SchemaType.STRING,
                description = "How long a public reply waits before it goes out, and can be withdrawn; none by default",
                examples = "PT10S")
        @Nullable
        Duration undoSendFor,

        @Schema(description = "For agents without one of their own; takes the placeholders of canned replies")
        @Valid
        @Nullable
        SignatureRequest signature) {

    private static final Duration LONGEST = Duration.ofHours(1);

    @JsonIgnore
    @AssertTrue(message = "must be whole seconds, an hour at most")
    boolean isUndoSendForPossible() {
        return undoSendFor == null
                || (!undoSendFor.isNegative() && undoSendFor.compareTo(LONGEST) <= 0 && undoSendFor.getNano() == 0);
    }

    Duration undo() {
        return undoSendFor == null ? Duration.ZERO : undoSendFor;
    }
}
