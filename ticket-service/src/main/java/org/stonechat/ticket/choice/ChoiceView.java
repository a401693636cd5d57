package org.stonechat.ticket.choice;

import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "Choice")
record ChoiceView(UUID id, UUID departmentId, String name, int position, boolean retired, int version) {

    static ChoiceView from(Choice choice) {
        return new ChoiceView(
                choice.id(),
                choice.departmentId(),
                choice.name(),
                choice.position(),
                choice.isRetired(),
                choice.version());
    }
}
