package org.stonechat.ticket.rights;

import org.stonechat.kit.security.Roles;

/// The built-in role that a defined one is a variant of: it decides which operations are open to it and what
/// it sees, but not its rights.
enum RoleKind {
    AGENT(Roles.AGENT),
    LEAD(Roles.LEAD),
    ANALYST(Roles.ANALYST),
    INTEGRATION(Roles.INTEGRATION);

    private final String role;

    RoleKind(String role) {
        this.role = role;
    }

    /// As it stands in tokens.
    String role() {
        return role;
    }
}
