package org.stonechat.notification;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.security.Roles;
import org.stonechat.notification.world.WithMailServer;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.AccessContract;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithRealParts
@WithMailServer
class AccessIT {

    private final UUID department = UUID.randomUUID();

    @Test
    @Proves("G-4")
    void shouldRefuseTheDismissedThoughTheirTokensAreValid() {
        AccessContract.assertRefusesTheDismissed(Roles.AGENT, department, "/api/v1/notifications");
    }

    @Test
    @Proves("G-4")
    void shouldAdmitRolesThatAnAdminDefined() {
        AccessContract.assertAdmitsDefinedRoles(Roles.AGENT, department, "/api/v1/notifications");
    }
}
