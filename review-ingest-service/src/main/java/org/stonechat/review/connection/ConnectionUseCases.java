package org.stonechat.review.connection;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.problem.FieldError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.review.ReviewError;
import org.stonechat.review.connector.Capabilities;
import org.stonechat.review.connector.Connector;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.CredentialField;
import org.stonechat.review.connector.PlatformCredentials;
import org.stonechat.review.directory.Directory;

/// What admins do with connections.
@ApplicationScoped
public class ConnectionUseCases {

    private final ReviewConnections connections;
    private final CredentialVault vault;
    private final Connectors connectors;
    private final Directory directory;
    private final PlatformAddresses addresses;
    private final PollingBounds bounds;
    private final Event<ConnectionChanged> changed;
    private final InstantSource clock;

    private final Audit audit;

    ConnectionUseCases(
            ReviewConnections connections,
            CredentialVault vault,
            Connectors connectors,
            Directory directory,
            PlatformAddresses addresses,
            PollingBounds bounds,
            Event<ConnectionChanged> changed,
            InstantSource clock,
            Audit audit) {
        this.connections = connections;
        this.vault = vault;
        this.connectors = connectors;
        this.directory = directory;
        this.addresses = addresses;
        this.bounds = bounds;
        this.changed = changed;
        this.clock = clock;
        this.audit = audit;
    }

    /// @param created whether there was no connection of this id before
    record Put(ReviewConnection connection, boolean created) {}

    /// Makes the connection be as described, whether or not it was there.
    ///
    /// @param maySee  whether the caller may see a department's connections
    /// @param ifMatch optional: an admin's tool that read the connection sends what it read
    @Transactional
    Put put(
            UUID id,
            ConnectionProperties properties,
            @Nullable PlatformCredentials credentials,
            Predicate<UUID> maySee,
            @Nullable String ifMatch) {
        Connector connector = connectors.of(properties.platform());
        check(properties);
        checkPlatform(properties, connector);
        if (credentials != null) {
            checkCredentials(credentials, connector);
        }
        Instant now = clock.instant();
        ReviewConnection connection = connections.lock(id);
        boolean created = connection == null;
        boolean otherReviews = true;
        ConnectionResource.ConnectionView old = connection == null ? null : described(connection, connector);
        if (connection == null) {
            if (credentials == null && !connector.credentialFields().isEmpty()) {
                throw new ProblemException(
                        ReviewError.CREDENTIALS_MISSING,
                        "Send "
                                + connector.credentialFields().stream()
                                        .map(CredentialField::name)
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
            connection = ReviewConnection.create(
                    id, properties, credentials == null ? null : vault.seal(id, credentials), now);
            connections.persist(connection);
        } else {
            if (!maySee.test(connection.departmentId())) {
                throw ProblemException.notFound("connection");
            }
            if (ifMatch != null) {
                ETags.ifMatch(ifMatch, connection.version());
            }
            if (connection.platform() != properties.platform()) {
                throw new ProblemException(
                        ReviewError.CONNECTION_MOVED, "Make a new connection for the other platform.");
            }
            if (credentials == null) {
                requireSameHosts(connection, properties, connector);
            }
            otherReviews =
                    connection.configure(properties, credentials == null ? null : vault.seal(id, credentials), now);
        }
        Changes changes = Changes.between(old, described(connection, connector))
                .without("state", "stateReason", "stateSince", "capabilities");
        audit.changed("review-connection", id, credentials == null ? changes : changes.andWithheld("credentials"));
        connections.flush();
        changed.fire(new ConnectionChanged(id, otherReviews));
        return new Put(connection, created);
    }

    /// Stored credentials belong to the hosts they were given for: whoever moves a connection knows them, or has no
    /// business with them.
    private static void requireSameHosts(
            ReviewConnection connection, ConnectionProperties properties, Connector connector) {
        if (connection.sealedCredentials() == null || !connector.capabilities().poll()) {
            return;
        }
        List<String> moved = PlatformAddresses.Called.by(connector, properties.baseUrl(), properties.tokenUrl())
                .movedFrom(PlatformAddresses.Called.by(connector, connection.baseUrl(), connection.tokenUrl()));
        if (!moved.isEmpty()) {
            List<FieldError> fields = new ArrayList<>();
            moved.forEach(pointer -> fields.add(new FieldError(pointer, "leads to another host than before")));
            fields.add(new FieldError("/credentials", "must be sent again for another host"));
            throw new ProblemException(
                    ReviewError.CREDENTIALS_ELSEWHERE,
                    "Send the credentials again, or leave "
                            + moved.stream()
                                    .map(pointer -> pointer.substring(1))
                                    .collect(Collectors.joining(" and "))
                            + " at the host they were given for.",
                    fields,
                    Map.of());
        }
    }

    /// Stops the polling, or lets it go on.
    @Transactional
    ReviewConnection pause(UUID id, boolean stop, Predicate<UUID> maySee) {
        ReviewConnection connection = connections.lock(id);
        if (connection == null || !maySee.test(connection.departmentId())) {
            throw ProblemException.notFound("connection");
        }
        if (connection.paused() != stop) {
            connection.pause(stop, clock.instant());
            audit.did("review-connection", id, stop ? "pause" : "resume");
            connections.flush();
            changed.fire(new ConnectionChanged(id, false));
        }
        return connection;
    }

    /// The platform did not do what it was asked. Credentials it refuses stop the polling.
    ///
    /// @param version the configuration that was used: a failure of an older one says nothing about this one
    /// @return false when the connection has been changed or removed since
    @Transactional
    public boolean fails(UUID id, int version, ConnectorFailure failure) {
        ReviewConnection connection = connections.lock(id);
        if (connection == null || connection.version() != version) {
            return false;
        }
        String reason = failure.getMessage();
        if (failure.kind() == ConnectorFailure.Kind.AUTH) {
            connection.refusesCredentials(reason, clock.instant());
        } else {
            connection.fails(reason, clock.instant());
        }
        return true;
    }

    /// A poll or a test went through: a connection whose credentials were refused comes back to life.
    @Transactional
    public void works(UUID id) {
        ReviewConnection connection = connections.lock(id);
        if (connection != null) {
            boolean stopped = connection.state() == ConnectionState.AUTH_FAILED;
            connection.works(clock.instant());
            if (stopped) {
                changed.fire(new ConnectionChanged(id, false));
            }
        }
    }

    @Transactional
    public ReviewConnection get(UUID id) {
        ReviewConnection connection = connections.findById(id);
        if (connection == null) {
            throw ProblemException.notFound("connection");
        }
        return connection;
    }

    /// The connection as it is now, for work that may outlive it.
    @Transactional
    public @Nullable ReviewConnection find(UUID id) {
        return connections.findById(id);
    }

    @Transactional
    public List<ReviewConnection> all() {
        return connections.inOrder();
    }

    private static ConnectionResource.ConnectionView described(ReviewConnection connection, Connector connector) {
        return ConnectionResource.ConnectionView.from(connection, connector.capabilities());
    }

    private void checkPlatform(ConnectionProperties properties, Connector connector) {
        Capabilities capabilities = connector.capabilities();
        if (properties.productReviews() && !capabilities.productReviews()) {
            throw new ProblemException(
                    ReviewError.PLATFORM_CANNOT,
                    properties.platform() + " has no reviews of products.",
                    List.of(new FieldError("/productReviews", "is not offered by the platform")),
                    Map.of());
        }
        if (capabilities.poll() && properties.baseUrl() == null && connector.usualBaseUrl() == null) {
            throw new ProblemException(ReviewError.ADDRESS_MISSING, "Say where the platform is: baseUrl.");
        }
        List<FieldError> objections = addresses.objectionsTo(connector, properties.baseUrl(), properties.tokenUrl());
        if (!objections.isEmpty()) {
            throw new ProblemException(
                    ReviewError.ADDRESS_REFUSED,
                    objections.stream()
                            .map(objection -> objection.pointer().substring(1) + ": " + objection.detail())
                            .collect(Collectors.joining(" ")),
                    objections,
                    Map.of());
        }
        if (capabilities.channelsNamed() && properties.channels().isEmpty()) {
            throw new ProblemException(
                    ReviewError.CHANNELS_MISSING,
                    properties.platform() + " cannot be asked for its channels: name them.",
                    List.of(new FieldError("/channels", "must not be empty")),
                    Map.of());
        }
        for (String name : properties.settings().keySet()) {
            if (!connector.settings().containsKey(name)) {
                throw new ProblemException(
                        ReviewError.SETTINGS_INVALID,
                        properties.platform() + " has no setting " + name + ".",
                        List.of(new FieldError("/settings/" + name, "is not known")),
                        Map.of("settings", connector.settings()));
            }
        }
    }

    private static void checkCredentials(PlatformCredentials credentials, Connector connector) {
        Set<String> wanted =
                connector.credentialFields().stream().map(CredentialField::name).collect(Collectors.toSet());
        if (!credentials.values().keySet().equals(wanted)) {
            throw new ProblemException(
                    ReviewError.CREDENTIALS_INVALID,
                    connector.platform() + " wants " + (wanted.isEmpty() ? "none" : String.join(", ", wanted)) + ".",
                    List.of(new FieldError("/credentials", "does not fit the platform")),
                    Map.of());
        }
        String objection = connector.objectionTo(credentials);
        if (objection != null) {
            throw new ProblemException(
                    ReviewError.CREDENTIALS_INVALID,
                    objection,
                    List.of(new FieldError("/credentials", objection)),
                    Map.of());
        }
    }

    private void check(ConnectionProperties properties) {
        if (properties.pollInterval().compareTo(bounds.shortest()) < 0
                || properties.pollInterval().compareTo(bounds.longest()) > 0) {
            throw new ProblemException(
                    ReviewError.POLL_INTERVAL_INVALID,
                    "Choose between " + bounds.shortest() + " and " + bounds.longest() + ".");
        }
        refuseBadDestination("/departmentId", properties.departmentId(), null);
        Set<String> names = new HashSet<>();
        for (int index = 0; index < properties.criteria().size(); index++) {
            Criterion criterion = properties.criteria().get(index);
            String pointer = "/criteria/" + index;
            if (!names.add(criterion.name())) {
                throw criteria(pointer + "/name", "Another criterion has this name.");
            }
            Integer least = criterion.minStars();
            Integer most = criterion.maxStars();
            if (least != null && most != null && least > most) {
                throw criteria(pointer + "/minStars", "It is higher than maxStars, so nothing would match.");
            }
            UUID department = criterion.departmentId();
            refuseBadDestination(
                    pointer, department == null ? properties.departmentId() : department, criterion.teamId());
        }
    }

    /// Only what the directory is known to contradict is refused: a department may be so new that its event
    /// is still on the way here.
    private void refuseBadDestination(String pointer, UUID department, @Nullable UUID team) {
        String objection = directory.objectionTo(department, team);
        if (objection != null) {
            throw new ProblemException(
                    ReviewError.DESTINATION_INVALID, objection, List.of(new FieldError(pointer, objection)), Map.of());
        }
    }

    private static ProblemException criteria(String pointer, String detail) {
        return new ProblemException(
                ReviewError.CRITERIA_INVALID, detail, List.of(new FieldError(pointer, detail)), Map.of());
    }
}
