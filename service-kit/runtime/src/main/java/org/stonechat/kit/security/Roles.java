package org.stonechat.kit.security;

import java.util.Set;

/// The realm roles, as they stand in the `roles` claim and in `@RolesAllowed`.
public final class Roles {

    public static final String AGENT = "agent";
    public static final String LEAD = "lead";
    public static final String ADMIN = "admin";
    public static final String ANALYST = "analyst";
    public static final String CUSTOMER = "customer";
    public static final String INTEGRATION = "integration";

    /// Those who see what lies with closed teams of their departments without being in them. Agents are kept out, and
    /// so are analysts, who read figures. It is one table for all services.
    public static final Set<String> SEE_CLOSED_TEAMS = Set.of(LEAD, ADMIN, INTEGRATION);

    private Roles() {}
}
