package org.stonechat.ticket.writing;

import java.util.UUID;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.conversation.Body;

/// Words to have ready.
@Schema(name = "CannedReplyRequest")
record CannedReplyRequest(
        @NotNull UUID departmentId,

        @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Parcel on its way")
        String title,

        @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,49}")
        @Schema(description = "What an editor expands, once per department", examples = "parcel")
        @Nullable
        String shortcut,

        @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") @Schema(examples = "en") @Nullable
        String language,

        @Size(max = 30000)
        @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL)
        @Schema(examples = "Dear {{customer.name|customer}}, your parcel is on its way.")
        @Nullable
        String bodyText,

        @Size(max = 100000) @Schema(description = "Sanitised before it is kept") @Nullable
        String bodyHtml) {

    CannedReply.Properties properties() {
        return new CannedReply.Properties(departmentId, title.strip(), shortcut, language, Body.of(bodyText, bodyHtml));
    }
}
