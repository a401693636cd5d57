package org.stonechat.ticket.field;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// One of the answers a choice offers.
///
/// @param retired offered no longer, and kept by the tickets that have it
@Schema(name = "FieldChoice")
public record Choice(
        @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9_-]{0,49}") @Schema(examples = "dark-green")
        String code,

        @NotNull @Size(min = 1, max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*")
        String label,

        boolean retired) {}
