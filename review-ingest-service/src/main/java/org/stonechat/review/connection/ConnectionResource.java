package org.stonechat.review.connection;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.DefinedRights;
import org.stonechat.kit.security.Roles;
import org.stonechat.review.ReviewError;
import org.stonechat.review.connector.AggregateRating;
import org.stonechat.review.connector.Capabilities;
import org.stonechat.review.connector.Connector;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.CredentialField;
import org.stonechat.review.connector.Platform;
import org.stonechat.review.connector.PlatformAccess;
import org.stonechat.review.connector.PlatformCredentials;
import org.stonechat.review.connector.Source;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Connections to review platforms: admins set them up, leads see how they are doing.
@Path("/api/v1/review-connections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "review-connections")
public class ConnectionResource {

    private static final String CONFIGURE = "CONFIGURE";
    private static final Set<String> ADMINS = Set.of(Roles.ADMIN);

    private static final String WEB_ADDRESS = "https?://[^\\s\\u0000]+";

    private final ConnectionUseCases useCases;
    private final PlatformHost host;
    private final PollingBounds bounds;
    private final CurrentUser user;
    private final DefinedRights rights;

    ConnectionResource(
            ConnectionUseCases useCases,
            PlatformHost host,
            PollingBounds bounds,
            CurrentUser user,
            DefinedRights rights) {
        this.rights = rights;
        this.useCases = useCases;
        this.host = host;
        this.bounds = bounds;
        this.user = user;
    }

    public record ConnectionRequest(
            @NotBlank @Size(max = 120) @Pattern(regexp = "[^\\u0000]*") @Schema(examples = "Northwind at Trusted Shops")
            String name,

            @NotNull Platform platform,
            @NotNull UUID departmentId,

            @Size(max = 500)
            @Pattern(regexp = WEB_ADDRESS)
            @Schema(
                    description = "The platform's own when left out. Another host than before asks for `credentials`",
                    examples = "https://api.etrusted.com")
            @Nullable
            String baseUrl,

            @Size(max = 500)
            @Pattern(regexp = WEB_ADDRESS)
            @Schema(
                    description = "The platform's own when left out. Another host than before asks for `credentials`",
                    examples = "https://login.etrusted.com/oauth/token")
            @Nullable
            String tokenUrl,

            @Size(max = 10)
            @Schema(
                    description = "By the names of the platform's `credentialFields`. Needed once; left out later,"
                            + " those there are stay. Never returned.",
                    examples = "{\"clientId\": \"…\", \"clientSecret\": \"…\"}")
            @Nullable
            Map<@NotBlank @Size(max = 60) String, @NotBlank @Size(max = 8000) @Pattern(regexp = "[^\\u0000]*") String>
                    credentials,

            @Size(max = 10) @Schema(description = "What else the platform wants to know") @Nullable
            Map<@NotBlank @Size(max = 60) String, @NotBlank @Size(max = 500) @Pattern(regexp = "[^\\u0000]*") String>
                    settings,

            @Size(max = 100) @Schema(description = "The platform's ids of channels; all of them when empty") @Nullable
            List<@NotBlank @Size(max = 200) @Pattern(regexp = "[A-Za-z0-9_.:/-]*") String> channels,

            @Nullable Boolean productReviews,

            @Schema(description = "ISO 8601", examples = "PT1M") @Nullable
            Duration pollInterval,

            @NotNull @Size(max = 100) List<@NotNull @Valid Criterion> criteria,

            @Size(max = 500)
            @Pattern(regexp = WEB_ADDRESS)
            @Schema(
                    description = "The platform's business inbox for one review",
                    examples = "https://app.etrusted.com/reviews/{reviewId}")
            @Nullable
            String inboxUrlTemplate,

            @Schema(description = "Reviews submitted earlier are stored, but make no tickets") @Nullable
            Instant ticketsSince,

            @Schema(description = "What brings a review's ticket back; EDITED alone when left out") @Nullable
            Set<@NotNull Reopening> reopenOn,

            @Nullable Boolean paused) {

        ConnectionProperties properties(Duration usualInterval) {
            return new ConnectionProperties(
                    name,
                    platform,
                    departmentId,
                    address("/baseUrl", baseUrl),
                    address("/tokenUrl", tokenUrl),
                    settings == null ? Map.of() : settings,
                    channels == null ? List.of() : channels,
                    Boolean.TRUE.equals(productReviews),
                    pollInterval == null ? usualInterval : pollInterval,
                    criteria,
                    inboxUrlTemplate,
                    ticketsSince,
                    reopenOn == null ? Set.of(Reopening.EDITED) : reopenOn,
                    Boolean.TRUE.equals(paused));
        }

        private static @Nullable URI address(String pointer, @Nullable String text) {
            if (text == null) {
                return null;
            }
            URI uri;
            try {
                uri = URI.create(text);
            } catch (IllegalArgumentException malformed) {
                throw ProblemException.invalid(pointer, "is not a web address");
            }
            if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw ProblemException.invalid(pointer, "is not a plain web address");
            }
            return uri;
        }

        @Nullable
        PlatformCredentials platformCredentials() {
            return credentials == null ? null : new PlatformCredentials(credentials);
        }
    }

    public record ConnectionView(
            UUID id,
            String name,
            Platform platform,
            UUID departmentId,

            @Schema(description = "Null for the platform's own") @Nullable
            String baseUrl,

            @Schema(description = "Null for the platform's own") @Nullable
            String tokenUrl,

            Map<String, String> settings,
            List<String> channels,
            boolean productReviews,
            Duration pollInterval,
            List<Criterion> criteria,
            @Nullable String inboxUrlTemplate,
            @Nullable Instant ticketsSince,
            Set<Reopening> reopenOn,
            boolean paused,
            ConnectionState state,
            @Nullable String stateReason,
            Instant stateSince,
            Instant changedAt,
            Capabilities capabilities) {

        static ConnectionView from(ReviewConnection connection, Capabilities capabilities) {
            return new ConnectionView(
                    connection.id(),
                    connection.name(),
                    connection.platform(),
                    connection.departmentId(),
                    connection.baseUrl() == null ? null : connection.baseUrl().toString(),
                    connection.tokenUrl() == null ? null : connection.tokenUrl().toString(),
                    connection.settings(),
                    connection.channels(),
                    connection.productReviews(),
                    connection.pollInterval(),
                    connection.criteria(),
                    connection.inboxUrlTemplate(),
                    connection.ticketsSince(),
                    connection.reopenOn(),
                    connection.paused(),
                    connection.state(),
                    connection.stateReason(),
                    connection.stateSince(),
                    connection.changedAt(),
                    capabilities);
        }
    }

    /// Whether the caller knows of the department's connections; knowing of them is not enough to change them.
    private boolean mayConfigure(UUID department) {
        if (!user.inDepartment(department)) {
            return false;
        }
        rights.require(CONFIGURE, department, ADMINS);
        return true;
    }

    public record TestView(
            boolean ok,

            @Schema(description = "What went wrong: AUTH, FORBIDDEN, RATE_LIMITED, TRANSIENT …")
            ConnectorFailure.@Nullable Kind failure,

            @Nullable String reason,

            @Schema(description = "The channels these credentials reach")
            List<Source> channels) {}

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.LEAD})
    @Operation(operationId = "listReviewConnections", summary = "All connections of your departments")
    public Page<ConnectionView> list() {
        return new Page<>(
                useCases.all().stream()
                        .filter(connection -> user.inDepartment(connection.departmentId()))
                        .map(this::view)
                        .toList(),
                null);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.LEAD})
    @Operation(operationId = "getReviewConnection", summary = "One connection and how it is doing")
    public RestResponse<ConnectionView> get(@PathParam("id") UUID id) {
        return answer(visible(id), RestResponse.Status.OK);
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
    @Operation(
            operationId = "putReviewConnection",
            summary = "Make or change a connection",
            description =
                    "The id is yours to choose. Polling starts at once; a connection whose credentials were refused"
                            + " is tried again.")
    public RestResponse<ConnectionView> put(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid ConnectionRequest request) {
        rights.requireSomewhere(CONFIGURE, ADMINS);
        user.requireDepartment(request.departmentId(), "department");
        rights.require(CONFIGURE, request.departmentId(), ADMINS);
        for (Criterion criterion : request.criteria()) {
            if (criterion.departmentId() != null) {
                user.requireDepartment(criterion.departmentId(), "department");
            }
        }
        ConnectionUseCases.Put put = useCases.put(
                id, request.properties(bounds.usual()), request.platformCredentials(), this::mayConfigure, ifMatch);
        return answer(put.connection(), put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK);
    }

    @POST
    @Path("/{id}/test")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
    @Operation(
            operationId = "testReviewConnection",
            summary = "Try a connection out",
            description =
                    "Signs in and lists the channels. When that works, a connection that had stopped polls again.")
    public TestView test(@PathParam("id") UUID id) {
        rights.requireSomewhere(CONFIGURE, ADMINS);
        ReviewConnection connection = visible(id);
        rights.require(CONFIGURE, connection.departmentId(), ADMINS);
        List<Source> channels;
        try {
            channels = host.call(connection, (connector, access) -> connector.listSources(access));
        } catch (ConnectorFailure failure) {
            return new TestView(false, failure.kind(), failure.getMessage(), List.of());
        }
        useCases.works(id);
        return new TestView(true, null, null, channels);
    }

    @POST
    @Path("/{id}/pause")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
    @Operation(
            operationId = "pauseReviewConnection",
            summary = "Stop polling",
            description = "What is on its way to the platform goes on.")
    public RestResponse<ConnectionView> pause(@PathParam("id") UUID id) {
        rights.requireSomewhere(CONFIGURE, ADMINS);
        return answer(useCases.pause(id, true, this::mayConfigure), RestResponse.Status.OK);
    }

    @POST
    @Path("/{id}/resume")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
    @Operation(
            operationId = "resumeReviewConnection",
            summary = "Poll again",
            description = "At once, from where polling stopped.")
    public RestResponse<ConnectionView> resume(@PathParam("id") UUID id) {
        rights.requireSomewhere(CONFIGURE, ADMINS);
        return answer(useCases.pause(id, false, this::mayConfigure), RestResponse.Status.OK);
    }

    @GET
    @Path("/{id}/channels")
    @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
    @Operation(
            operationId = "listReviewChannels",
            summary = "The platform's channels to choose from",
            description = "Asks the platform.")
    public Page<Source> channels(@PathParam("id") UUID id) {
        rights.requireSomewhere(CONFIGURE, ADMINS);
        ReviewConnection connection = visible(id);
        rights.require(CONFIGURE, connection.departmentId(), ADMINS);
        return new Page<>(ask(connection, (connector, access) -> connector.listSources(access)), null);
    }

    public record RatingView(
            @Schema(description = "The platform's word", examples = "30days")
            String period,

            @Schema(examples = "4.71") BigDecimal rating,
            long count,

            @Schema(description = "How many reviews there are by stars")
            Map<Integer, Long> distribution) {

        static RatingView from(AggregateRating rating) {
            return new RatingView(rating.period(), rating.rating(), rating.count(), rating.distribution());
        }
    }

    @GET
    @Path("/{id}/channels/{channel}/rating")
    @RolesAllowed({Roles.ADMIN, Roles.LEAD})
    @Operation(
            operationId = "listReviewChannelRatings",
            summary = "What a channel's reviews come to, by the platform's reckoning",
            description = "Asks it.")
    public Page<RatingView> rating(@PathParam("id") UUID id, @PathParam("channel") @Size(max = 200) String channel) {
        ReviewConnection connection = visible(id);
        if (!host.connector(connection).capabilities().aggregateRating()) {
            throw new ProblemException(
                    ReviewError.PLATFORM_CANNOT, connection.platform() + " does not add its ratings up.");
        }
        return new Page<>(
                ask(connection, (connector, access) -> connector.aggregateRating(access, channel)).stream()
                        .map(RatingView::from)
                        .toList(),
                null);
    }

    public record PlatformView(
            Platform platform,
            Capabilities capabilities,

            @Schema(description = "What `credentials` of a connection holds")
            List<CredentialField> credentialFields,

            @Schema(description = "What `settings` of a connection may hold")
            Map<String, String> settings,

            @Nullable URI usualBaseUrl,
            @Nullable URI usualTokenUrl) {

        static PlatformView from(Connector connector) {
            return new PlatformView(
                    connector.platform(),
                    connector.capabilities(),
                    connector.credentialFields(),
                    connector.settings(),
                    connector.usualBaseUrl(),
                    connector.usualTokenUrl());
        }
    }

    @GET
    @Path("/platforms")
    @RolesAllowed({Roles.ADMIN, Roles.LEAD})
    @Operation(
            operationId = "listReviewPlatforms",
            summary = "The platforms there are, what they can do, and what they want to know")
    public Page<PlatformView> platforms() {
        return new Page<>(host.connectors().stream().map(PlatformView::from).toList(), null);
    }

    private <T> T ask(ReviewConnection connection, BiFunction<Connector, PlatformAccess, T> question) {
        try {
            return host.call(connection, question);
        } catch (ConnectorFailure failure) {
            throw switch (failure.kind()) {
                case NOT_FOUND -> ProblemException.notFound("channel");
                case UNSUPPORTED -> new ProblemException(ReviewError.PLATFORM_CANNOT, failure.getMessage());
                case AUTH, FORBIDDEN, VALIDATION, RATE_LIMITED, TRANSIENT ->
                    new ProblemException(ReviewError.PLATFORM_UNAVAILABLE, failure.getMessage());
            };
        }
    }

    private ReviewConnection visible(UUID id) {
        ReviewConnection connection = useCases.get(id);
        user.requireDepartment(connection.departmentId(), "connection");
        return connection;
    }

    private ConnectionView view(ReviewConnection connection) {
        return ConnectionView.from(connection, host.connector(connection).capabilities());
    }

    private RestResponse<ConnectionView> answer(ReviewConnection connection, RestResponse.Status status) {
        return RestResponse.ResponseBuilder.create(status, view(connection))
                .tag(ETags.of(connection.version()))
                .build();
    }
}
