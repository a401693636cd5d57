package org.stonechat.ticket.event;

import java.util.List;

/// Whom a message goes to.
public record Recipients(List<Correspondent> to, List<Correspondent> cc) {

    public static final Recipients NONE = new Recipients(List.of(), List.of());
}
