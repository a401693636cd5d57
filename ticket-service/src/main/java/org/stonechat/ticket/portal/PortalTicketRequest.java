package org.stonechat.ticket.portal;

import java.util.UUID;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a customer fills in.
@Schema(name = "PortalTicketRequest")
record PortalTicketRequest(
        @NotNull @Schema(description = "One of `/portal/departments`")
        UUID departmentId,

        @NotBlank @Size(max = 500) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Where is my parcel?")
        String subject,

        @NotBlank @Size(max = 30000) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL)
        String bodyText) {}
