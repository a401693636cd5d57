package org.stonechat.ticket.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.event.Signature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;

/// What somebody sets for himself; what is left out is set back.
@Schema(name = "ProfileRequest")
record ProfileRequest(
        @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") @Size(max = 35) @Schema(examples = "nl") @Nullable
        String language,

        @Size(max = 64) @Schema(examples = "Europe/Amsterdam") @Nullable
        String timeZone,

        @Schema(description = "Below my mail, unless there is another one for the ticket's department") @Valid @Nullable
        SignatureRequest signature,

        @Size(max = 50) @Nullable List<@NotNull @Valid DepartmentSignature> departmentSignatures,

        @Schema(
                implementation = Object.class,
                type = SchemaType.OBJECT,
                additionalProperties = Schema.True.class,
                description = "Whatever an application keeps of how its lists look; 16 KiB at most")
        @Nullable
        JsonNode listLayout,

        @Size(max = 200)
        @Pattern(regexp = "[^\\p{Cntrl}]*")
        @Schema(description = "The view opened last", examples = "my-open")
        @Nullable
        String lastView) {

    private static final int LARGEST_LAYOUT = 16 * 1024;

    @Schema(name = "DepartmentSignatureRequest")
    record DepartmentSignature(
            @NotNull UUID departmentId, @NotNull @Valid SignatureRequest signature) {}

    @JsonIgnore
    @AssertTrue(message = "must be a time zone such as Europe/Amsterdam")
    boolean isTimeZoneKnown() {
        return timeZone == null || java.time.ZoneId.getAvailableZoneIds().contains(timeZone);
    }

    /// @throws ProblemException 400
    AgentProfile.Properties properties() {
        Map<UUID, Signature> signatures = new LinkedHashMap<>();
        if (departmentSignatures != null) {
            for (DepartmentSignature own : departmentSignatures) {
                Signature words = SignatureRequest.of(own.signature());
                if (words != null) {
                    signatures.put(own.departmentId(), words);
                }
            }
        }
        return new AgentProfile.Properties(
                language, timeZone, SignatureRequest.of(signature), signatures, layout(), lastView);
    }

    private String layout() {
        if (listLayout == null || listLayout.isNull()) {
            return "{}";
        }
        if (!listLayout.isObject()) {
            throw ProblemException.invalid("/listLayout", "It must be a JSON object.");
        }
        String json = EventJson.write(listLayout);
        // PostgreSQL stores no NUL, and JSON can spell one.
        if (json.length() > LARGEST_LAYOUT || json.contains("\\u0000")) {
            throw ProblemException.invalid("/listLayout", "It may have 16 KiB at most, and no NUL.");
        }
        return json;
    }
}
