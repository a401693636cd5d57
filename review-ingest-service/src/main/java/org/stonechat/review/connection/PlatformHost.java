package org.stonechat.review.connection;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connector.AccessToken;
import org.stonechat.review.connector.Connector;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.PlatformAccess;
import org.stonechat.review.connector.PlatformCredentials;

/// Lets connectors work: holds the token of each connection, gets a new one at 80 % of its life or once after
/// a 401, keeps within the platform's rate, and away from it for as long as it asked to be left alone.
///
/// Tokens are per process: losing them costs one call.
@ApplicationScoped
public class PlatformHost {

    private static final int REFRESH_AT_PERCENT = 80;

    private final Connectors connectors;
    private final CredentialVault vault;
    private final PlatformAddresses addresses;
    private final InstantSource clock;
    private final ConcurrentMap<UUID, Desk> desks = new ConcurrentHashMap<>();

    PlatformHost(Connectors connectors, CredentialVault vault, PlatformAddresses addresses, InstantSource clock) {
        this.connectors = connectors;
        this.vault = vault;
        this.addresses = addresses;
        this.clock = clock;
    }

    public Connector connector(ReviewConnection connection) {
        return connectors.of(connection.platform());
    }

    Collection<Connector> connectors() {
        return connectors.all();
    }

    /// Makes one call with a token that is good now. Must not be called inside a transaction.
    ///
    /// A 401 was certainly not carried out, so the call is made once more with a fresh token, whatever it does.
    ///
    /// @throws ConnectorFailure as the connector does; AUTH only after a fresh token was refused too
    public <T> T call(ReviewConnection connection, BiFunction<Connector, PlatformAccess, T> call) {
        Connector connector = connector(connection);
        Desk desk = desks.computeIfAbsent(connection.id(), id -> new Desk());
        desk.requireQuietIsOver(clock.instant());
        desk.budget.count(connector.rate(), clock.instant());
        addresses.require(connector, connection.baseUrl());
        addresses.require(connector, connection.tokenUrl());
        try {
            String token = desk.token(connector, connection);
            try {
                return call.apply(connector, access(connector, connection, token));
            } catch (ConnectorFailure failure) {
                if (failure.kind() != ConnectorFailure.Kind.AUTH) {
                    throw failure;
                }
                desk.forget(token);
                return call.apply(connector, access(connector, connection, desk.token(connector, connection)));
            }
        } catch (ConnectorFailure failure) {
            Duration quiet = failure.retryAfter();
            if (quiet != null) {
                desk.keepQuietUntil(clock.instant().plus(quiet));
            }
            throw failure;
        }
    }

    private static PlatformAccess access(Connector connector, ReviewConnection connection, String token) {
        URI own = connection.baseUrl();
        URI baseUrl = own == null ? connector.usualBaseUrl() : own;
        if (baseUrl == null) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.UNSUPPORTED, connection.platform() + " cannot be asked for anything");
        }
        return new PlatformAccess(
                baseUrl, token, connection.channels(), connection.productReviews(), connection.settings());
    }

    /// What the connection signs in with; for whoever has to check a signature instead.
    ///
    /// @throws ConnectorFailure AUTH when there is none, or it cannot be opened any more
    public PlatformCredentials credentials(ReviewConnection connection) {
        byte[] sealed = connection.sealedCredentials();
        if (sealed == null) {
            return new PlatformCredentials(Map.of());
        }
        try {
            return vault.open(connection.id(), sealed);
        } catch (IllegalStateException failure) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.AUTH, "The stored credentials cannot be opened: enter them again", failure);
        }
    }

    /// What this process knows of one connection.
    private final class Desk {

        private final ReentrantLock lock = new ReentrantLock();
        private final CallBudget budget = new CallBudget();
        private @Nullable String token;
        private byte @Nullable [] sealed;
        private @Nullable URI signedInAt;
        private Instant refreshAt = Instant.EPOCH;
        private volatile Instant quietUntil = Instant.EPOCH;

        String token(Connector connector, ReviewConnection connection) {
            lock.lock();
            try {
                Instant now = clock.instant();
                String known = token;
                if (known != null
                        && Arrays.equals(sealed, connection.sealedCredentials())
                        && Objects.equals(signedInAt, connection.tokenUrl())
                        && now.isBefore(refreshAt)) {
                    return known;
                }
                URI own = connection.tokenUrl();
                AccessToken fresh =
                        connector.authenticate(own == null ? connector.usualTokenUrl() : own, credentials(connection));
                token = fresh.value();
                sealed = connection.sealedCredentials();
                signedInAt = connection.tokenUrl();
                refreshAt = now.plus(
                        fresh.lifetime().multipliedBy(REFRESH_AT_PERCENT).dividedBy(100));
                return fresh.value();
            } finally {
                lock.unlock();
            }
        }

        /// Unless somebody else has fetched another one meanwhile.
        void forget(String refused) {
            lock.lock();
            try {
                if (refused.equals(token)) {
                    token = null;
                }
            } finally {
                lock.unlock();
            }
        }

        void keepQuietUntil(Instant moment) {
            quietUntil = moment;
        }

        void requireQuietIsOver(Instant now) {
            Instant until = quietUntil;
            if (now.isBefore(until)) {
                throw ConnectorFailure.rateLimited(
                        "The platform asked not to be called for a while", Duration.between(now, until));
            }
        }
    }
}
