package org.stonechat.rating;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.security.Roles;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.AccessContract;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithRealParts
class AccessIT {

    private final UUID department = UUID.randomUUID();

    @Test
    @Proves("G-4")
    void shouldRefuseTheDismissedThoughTheirTokensAreValid() {
        AccessContract.assertRefusesTheDismissed(Roles.LEAD, department, "/api/v1/ratings");
    }

    @Test
    @Proves("G-4")
    void shouldAdmitRolesThatAnAdminDefined() {
        AccessContract.assertAdmitsDefinedRoles(Roles.LEAD, department, "/api/v1/ratings");
    }
}
