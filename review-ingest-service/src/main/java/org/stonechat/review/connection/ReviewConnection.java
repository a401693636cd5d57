package org.stonechat.review.connection;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connector.Platform;
import org.stonechat.review.connector.PlatformReview;

/// A way to one platform account of a department.
@Entity
@Table(name = "review_connection")
public class ReviewConnection {

    @Id
    private UUID id;

    private String name;

    @Enumerated(EnumType.STRING)
    private Platform platform;

    @Column(name = "department_id")
    private UUID departmentId;

    @Column(name = "base_url")
    private @Nullable String baseUrl;

    @Column(name = "token_url")
    private @Nullable String tokenUrl;

    private byte @Nullable [] credentials;

    @Convert(converter = SettingsConverter.class)
    private Map<String, String> settings;

    @Convert(converter = ChannelsConverter.class)
    private List<String> channels;

    @Column(name = "product_reviews")
    private boolean productReviews;

    @Column(name = "poll_interval_seconds")
    private int pollIntervalSeconds;

    @Convert(converter = CriteriaConverter.class)
    private List<Criterion> criteria;

    @Column(name = "inbox_url_template")
    private @Nullable String inboxUrlTemplate;

    @Column(name = "tickets_since")
    private @Nullable Instant ticketsSince;

    @Convert(converter = ReopeningsConverter.class)
    @Column(name = "reopen_on")
    private Set<Reopening> reopenOn;

    private boolean paused;

    @Enumerated(EnumType.STRING)
    private ConnectionState state;

    @Column(name = "state_reason")
    private @Nullable String stateReason;

    @Column(name = "state_since")
    private Instant stateSince;

    // The ETag: moved by what an admin changes, not by how polling goes.
    private int version;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    protected ReviewConnection() {}

    /// @param sealedCredentials null where nobody signs in
    static ReviewConnection create(
            UUID id, ConnectionProperties properties, byte @Nullable [] sealedCredentials, Instant now) {
        ReviewConnection connection = new ReviewConnection();
        connection.id = id;
        connection.platform = properties.platform();
        connection.credentials = sealedCredentials == null ? null : sealedCredentials.clone();
        connection.createdAt = now;
        connection.apply(properties, now);
        connection.fresh(now);
        return connection;
    }

    /// Whatever was wrong before is taken for mended: the next poll tells.
    ///
    /// @param sealedCredentials null to keep those there are
    /// @return whether other reviews come into sight, so that the platform has to be read from the beginning
    boolean configure(ConnectionProperties properties, byte @Nullable [] sealedCredentials, Instant now) {
        boolean otherReviews = !Objects.equals(baseUrl, text(properties.baseUrl()))
                || !channels.equals(properties.channels())
                || productReviews != properties.productReviews();
        if (sealedCredentials != null) {
            credentials = sealedCredentials.clone();
        }
        apply(properties, now);
        fresh(now);
        return otherReviews;
    }

    private void apply(ConnectionProperties properties, Instant now) {
        name = properties.name();
        departmentId = properties.departmentId();
        baseUrl = text(properties.baseUrl());
        tokenUrl = text(properties.tokenUrl());
        settings = Map.copyOf(properties.settings());
        reopenOn = Set.copyOf(properties.reopenOn());
        channels = List.copyOf(properties.channels());
        productReviews = properties.productReviews();
        pollIntervalSeconds = Math.toIntExact(properties.pollInterval().toSeconds());
        criteria = List.copyOf(properties.criteria());
        inboxUrlTemplate = properties.inboxUrlTemplate();
        ticketsSince = properties.ticketsSince();
        paused = properties.paused();
        version++;
        changedAt = now;
    }

    private static @Nullable String text(@Nullable URI address) {
        return address == null ? null : address.toString();
    }

    /// Polling is stopped, or goes on; nothing else changes.
    void pause(boolean stop, Instant now) {
        paused = stop;
        version++;
        changedAt = now;
    }

    private void fresh(Instant now) {
        enter(ConnectionState.OK, null, now);
    }

    /// The platform answered as it should.
    public void works(Instant now) {
        if (state != ConnectionState.OK) {
            fresh(now);
        }
    }

    public void fails(String reason, Instant now) {
        enter(ConnectionState.FAILING, reason, now);
    }

    public void refusesCredentials(String reason, Instant now) {
        enter(ConnectionState.AUTH_FAILED, reason, now);
    }

    private void enter(ConnectionState next, @Nullable String reason, Instant now) {
        if (state != next) {
            stateSince = now;
        }
        state = next;
        stateReason = reason;
    }

    /// False while it is paused, or its credentials are not accepted, and where nobody can be asked.
    public boolean polls() {
        return platform.polled() && !paused && !refused();
    }

    /// True while the platform does not accept its credentials.
    public boolean refused() {
        return state == ConnectionState.AUTH_FAILED;
    }

    /// Whether this brings a review's ticket back.
    public boolean reopensOn(Reopening reason) {
        return reopenOn.contains(reason);
    }

    Set<Reopening> reopenOn() {
        return reopenOn;
    }

    /// The first criterion a review meets.
    public Optional<Criterion> criterionFor(PlatformReview review) {
        return criteria.stream().filter(criterion -> criterion.matches(review)).findFirst();
    }

    /// An id for a criterion, which has none of its own: the same as long as its name is.
    public UUID criterionId(Criterion criterion) {
        return UUID.nameUUIDFromBytes((id + "/" + criterion.name()).getBytes(StandardCharsets.UTF_8));
    }

    /// Where a person sees that review in the platform's business inbox; null without a template.
    public @Nullable String inboxUrl(String externalId) {
        return inboxUrlTemplate == null
                ? null
                : inboxUrlTemplate.replace("{reviewId}", URLEncoder.encode(externalId, StandardCharsets.UTF_8));
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Platform platform() {
        return platform;
    }

    public UUID departmentId() {
        return departmentId;
    }

    /// Null for the platform's own.
    @Nullable
    URI baseUrl() {
        return baseUrl == null ? null : URI.create(baseUrl);
    }

    @Nullable
    URI tokenUrl() {
        return tokenUrl == null ? null : URI.create(tokenUrl);
    }

    byte @Nullable [] sealedCredentials() {
        return credentials == null ? null : credentials.clone();
    }

    Map<String, String> settings() {
        return settings;
    }

    public List<String> channels() {
        return channels;
    }

    public boolean productReviews() {
        return productReviews;
    }

    public Duration pollInterval() {
        return Duration.ofSeconds(pollIntervalSeconds);
    }

    public List<Criterion> criteria() {
        return criteria;
    }

    @Nullable
    String inboxUrlTemplate() {
        return inboxUrlTemplate;
    }

    /// Reviews submitted before this moment are stored, but make no tickets; null for no such moment.
    public @Nullable Instant ticketsSince() {
        return ticketsSince;
    }

    public boolean paused() {
        return paused;
    }

    ConnectionState state() {
        return state;
    }

    @Nullable
    String stateReason() {
        return stateReason;
    }

    Instant stateSince() {
        return stateSince;
    }

    /// Moves with every change of configuration; tells whether what is known of a platform was learnt with
    /// this one.
    public int version() {
        return version;
    }

    Instant changedAt() {
        return changedAt;
    }
}
