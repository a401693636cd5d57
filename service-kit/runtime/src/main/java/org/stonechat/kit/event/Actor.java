package org.stonechat.kit.event;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Who or what made a change.
///
/// @param kind the sort of actor; it decides how history words the change
/// @param id   the token subject of a person, the id of a rule or service; null where there is none
/// @param name what to show; a person's name is personal data and is left out of events about customers
public record Actor(
        Kind kind, @Nullable String id, @Nullable String name) {

    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, null, null);

    @Schema(name = "ActorKind")
    public enum Kind {
        AGENT,
        CUSTOMER,
        RULE,
        MAIL,
        REVIEW,
        SYSTEM
    }
}
