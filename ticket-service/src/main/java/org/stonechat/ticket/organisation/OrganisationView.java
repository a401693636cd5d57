package org.stonechat.ticket.organisation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Organisation")
public record OrganisationView(
        UUID id,
        String name,
        List<UUID> departmentIds,
        @Nullable String note,
        Instant createdAt,
        int version) {

    static OrganisationView from(Organisation organisation) {
        return new OrganisationView(
                organisation.id(),
                organisation.name(),
                organisation.departmentIds(),
                organisation.note(),
                organisation.createdAt(),
                organisation.version());
    }
}
