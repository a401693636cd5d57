package org.stonechat.review.connection;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

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
import org.stonechat.kit.security.Roles;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.Platform;
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

    private static final String WEB_ADDRESS = "https?://[^\\s\\u0000]+";

    private final ConnectionUseCases useCases;
    private final PlatformHost host;
    private final PollingBounds bounds;
    private final CurrentUser user;

    ConnectionResource(ConnectionUseCases useCases, PlatformHost host, PollingBounds bounds, CurrentUser user) {
        this.useCases = useCases;
        this.host = host;
        this.bounds = bounds;
        this.user = user;
    }

    public record CredentialsRequest(
            @NotBlank @Size(max = 500) @Pattern(regexp = "[^\\u0000]*")
            String clientId,

            @NotBlank @Size(max = 2000) @Pattern(regexp = "[^\\u0000]*")
            String clientSecret) {}

    public record ConnectionRequest(
            @NotBlank @Size(max = 120) @Pattern(regexp = "[^\\u0000]*") @Schema(examples = "Northwind at Trusted Shops")
            String name,

            @NotNull Platform platform,
            @NotNull UUID departmentId,

            @NotBlank @Size(max = 500) @Pattern(regexp = WEB_ADDRESS) @Schema(examples = "https://api.etrusted.com")
            String baseUrl,

            @NotBlank
            @Size(max = 500)
            @Pattern(regexp = WEB_ADDRESS)
            @Schema(examples = "https://login.etrusted.com/oauth/token")
            String tokenUrl,

            @Valid @Schema(description = "Needed once; left out later, those there are stay. Never returned.") @Nullable
            CredentialsRequest credentials,

            @Size(max = 100) @Schema(description = "The platform's ids of channels; all of them when empty") @Nullable
            List<@NotBlank @Size(max = 200) @Pattern(regexp = "[A-Za-z0-9_.:-]*") String> channels,

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

            @Nullable Boolean paused) {

        ConnectionProperties properties(Duration usualInterval) {
            return new ConnectionProperties(
                    name,
                    platform,
                    departmentId,
                    address("/baseUrl", baseUrl),
                    address("/tokenUrl", tokenUrl),
                    channels == null ? List.of() : channels,
                    Boolean.TRUE.equals(productReviews),
                    pollInterval == null ? usualInterval : pollInterval,
                    criteria,
                    inboxUrlTemplate,
                    ticketsSince,
                    Boolean.TRUE.equals(paused));
        }

        private static URI address(String pointer, String text) {
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
            return credentials == null
                    ? null
                    : new PlatformCredentials(credentials.clientId(), credentials.clientSecret());
        }
    }

    public record ConnectionView(
            UUID id,
            String name,
            Platform platform,
            UUID departmentId,
            String baseUrl,
            String tokenUrl,
            List<String> channels,
            boolean productReviews,
            Duration pollInterval,
            List<Criterion> criteria,
            @Nullable String inboxUrlTemplate,
            @Nullable Instant ticketsSince,
            boolean paused,
            ConnectionState state,
            @Nullable String stateReason,
            Instant stateSince,
            Instant changedAt) {

        static ConnectionView from(ReviewConnection connection) {
            return new ConnectionView(
                    connection.id(),
                    connection.name(),
                    connection.platform(),
                    connection.departmentId(),
                    connection.baseUrl().toString(),
                    connection.tokenUrl().toString(),
                    connection.channels(),
                    connection.productReviews(),
                    connection.pollInterval(),
                    connection.criteria(),
                    connection.inboxUrlTemplate(),
                    connection.ticketsSince(),
                    connection.paused(),
                    connection.state(),
                    connection.stateReason(),
                    connection.stateSince(),
                    connection.changedAt());
        }
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
    @Operation(summary = "All connections of your departments")
    public Page<ConnectionView> list() {
        return new Page<>(
                useCases.all().stream()
                        .filter(connection -> user.inDepartment(connection.departmentId()))
                        .map(ConnectionView::from)
                        .toList(),
                null);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.LEAD})
    @Operation(summary = "One connection and how it is doing")
    public RestResponse<ConnectionView> get(@PathParam("id") UUID id) {
        return answer(visible(id), RestResponse.Status.OK);
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Make or change a connection",
            description =
                    "The id is yours to choose. Polling starts at once; a connection whose credentials were refused"
                            + " is tried again.")
    public RestResponse<ConnectionView> put(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid ConnectionRequest request) {
        user.requireDepartment(request.departmentId(), "department");
        for (Criterion criterion : request.criteria()) {
            if (criterion.departmentId() != null) {
                user.requireDepartment(criterion.departmentId(), "department");
            }
        }
        ConnectionUseCases.Put put = useCases.put(
                id, request.properties(bounds.usual()), request.platformCredentials(), user::inDepartment, ifMatch);
        return answer(put.connection(), put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK);
    }

    @POST
    @Path("/{id}/test")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Try a connection out",
            description =
                    "Signs in and lists the channels. When that works, a connection that had stopped polls again.")
    public TestView test(@PathParam("id") UUID id) {
        ReviewConnection connection = visible(id);
        List<Source> channels;
        try {
            channels = host.call(connection, (connector, access) -> connector.listSources(access));
        } catch (ConnectorFailure failure) {
            return new TestView(false, failure.kind(), failure.getMessage(), List.of());
        }
        useCases.works(id);
        return new TestView(true, null, null, channels);
    }

    private ReviewConnection visible(UUID id) {
        ReviewConnection connection = useCases.get(id);
        user.requireDepartment(connection.departmentId(), "connection");
        return connection;
    }

    private static RestResponse<ConnectionView> answer(ReviewConnection connection, RestResponse.Status status) {
        return RestResponse.ResponseBuilder.create(status, ConnectionView.from(connection))
                .tag(ETags.of(connection.version()))
                .build();
    }
}
