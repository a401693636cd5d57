package org.stonechat.kit.audit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One field that was changed.
///
/// @param from     null when it was empty, and when it is withheld
/// @param to       null when it is empty now, and when it is withheld
/// @param withheld that it changed is all that is said: it is a secret, or what somebody wrote
@Schema(name = "AuditChange")
public record FieldChange(
        @Schema(examples = "visibility") String field,

        @Schema(description = "Text as it is, anything else as JSON", examples = "DEPARTMENT") @Nullable
        String from,

        @Schema(description = "Text as it is, anything else as JSON", examples = "MEMBERS") @Nullable
        String to,

        @Schema(description = "That it changed is all that is said")
        boolean withheld) {}
