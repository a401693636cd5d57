package org.stonechat.kit.security;

/// The realm roles, as they stand in the `roles` claim and in `@RolesAllowed`.
public final class Roles {

    public static final String AGENT = "agent";
    public static final String LEAD = "lead";
    public static final String ADMIN = "admin";
    public static final String ANALYST = "analyst";
    public static final String CUSTOMER = "customer";
    public static final String INTEGRATION = "integration";

    private Roles() {}
}
