package org.stonechat.ticket.imports;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Why a line was not imported.
@Schema(name = "ImportError")
record LineError(
        @Schema(description = "Counted from 1") int line,

        @Schema(description = "Stable, in kebab case", examples = "department-unknown")
        String code,

        String detail) {}
