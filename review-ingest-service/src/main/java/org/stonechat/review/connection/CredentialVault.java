package org.stonechat.review.connection;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.secret.EarlierKey;
import org.stonechat.kit.secret.Purpose;
import org.stonechat.kit.secret.SealedColumn;
import org.stonechat.kit.secret.Sealer;
import org.stonechat.review.connector.PlatformCredentials;

/// Credentials as they stand in the database: JSON, sealed for their connection.
@ApplicationScoped
class CredentialVault {

    private static final Purpose PURPOSE =
            new Purpose("review credentials", EarlierKey.expanded("stonechat review-connection credentials"));

    private final Sealer sealer;

    CredentialVault(Sealer sealer) {
        this.sealer = sealer;
    }

    @Produces
    @Singleton
    static SealedColumn column() {
        return new SealedColumn(PURPOSE, "review_connection", "credentials");
    }

    byte[] seal(UUID connectionId, PlatformCredentials credentials) {
        return sealer.seal(PURPOSE, connectionId, EventJson.write(credentials).getBytes(StandardCharsets.UTF_8));
    }

    /// @throws IllegalStateException when they were sealed with a secret nobody has told us, or for another connection
    PlatformCredentials open(UUID connectionId, byte[] sealed) {
        byte[] plain = sealer.open(PURPOSE, connectionId, sealed);
        try {
            return EventJson.MAPPER.readValue(plain, PlatformCredentials.class);
        } catch (java.io.IOException failure) {
            throw new IllegalStateException("the stored credentials of " + connectionId + " are not readable", failure);
        }
    }
}
