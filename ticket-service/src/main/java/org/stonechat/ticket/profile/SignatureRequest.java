package org.stonechat.ticket.profile;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.event.Signature;

/// A signature in one form or both; the text is made of the HTML where only that is given.
@Schema(name = "SignatureRequest")
public record SignatureRequest(
        @Size(max = 2000) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL) @Nullable
        String text,

        @Size(max = 10000) @Schema(description = "Sanitised before it is kept") @Nullable
        String html) {

    /// @return null for a request without words
    public static @Nullable Signature of(@Nullable SignatureRequest request) {
        if (request == null) {
            return null;
        }
        Body body = Body.of(request.text(), request.html());
        return body.isEmpty() ? null : new Signature(body.text(), body.html());
    }
}
