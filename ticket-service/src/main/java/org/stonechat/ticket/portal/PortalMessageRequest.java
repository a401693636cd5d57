package org.stonechat.ticket.portal;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a customer adds to a conversation.
@Schema(name = "PortalMessageRequest")
record PortalMessageRequest(
        @NotBlank @Size(max = 30000) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL)
        String bodyText) {}
