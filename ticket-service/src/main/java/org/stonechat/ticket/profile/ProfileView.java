package org.stonechat.ticket.profile;

import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.ticket.agent.Agent;
import org.stonechat.ticket.event.Signature;

import com.fasterxml.jackson.databind.JsonNode;

@Schema(name = "Profile")
record ProfileView(
        UUID agentId,

        @Schema(description = "As chosen here, else as the identity provider says") @Nullable
        String language,

        @Schema(description = "As chosen here, else as the identity provider says") @Nullable
        String timeZone,

        @Nullable Signature signature,
        List<DepartmentSignature> departmentSignatures,

        @Schema(implementation = Object.class, type = SchemaType.OBJECT, additionalProperties = Schema.True.class)
        JsonNode listLayout,

        @Nullable String lastView,
        int version) {

    @Schema(name = "DepartmentSignature")
    record DepartmentSignature(UUID departmentId, Signature signature) {}

    static ProfileView from(UUID agentId, AgentProfile profile, @Nullable Agent mirrored) {
        return new ProfileView(
                agentId,
                profile.language() == null && mirrored != null ? mirrored.locale() : profile.language(),
                profile.timeZone() == null && mirrored != null ? mirrored.zone() : profile.timeZone(),
                profile.signature(),
                profile.signatures().entrySet().stream()
                        .map(own -> new DepartmentSignature(own.getKey(), own.getValue()))
                        .toList(),
                EventJson.read(profile.listLayout()),
                profile.lastView(),
                profile.version());
    }
}
