package org.stonechat.review.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.edge.HeldBodies;
import org.stonechat.kit.edge.SpooledBody;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.secret.WebhookSignature;
import org.stonechat.review.ReviewError;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.PlatformHost;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.ConnectorFailure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Where senders bring reviews. The signature is the right to do so; without one that fits, every connection
/// looks as if it were not there.
@Path("/api/v1/review-connections/{id}/webhook")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "review-connections")
public class WebhookResource {

    private final WebhookIntake intake;
    private final ConnectionUseCases connections;
    private final PlatformHost host;
    private final WebhookConfig config;
    private final HeldBodies held;
    private final InstantSource clock;

    WebhookResource(
            WebhookIntake intake,
            ConnectionUseCases connections,
            PlatformHost host,
            WebhookConfig config,
            HeldBodies held,
            InstantSource clock) {
        this.intake = intake;
        this.connections = connections;
        this.host = host;
        this.config = config;
        this.held = held;
        this.clock = clock;
    }

    public record WebhookView(
            @Schema(enumeration = {"CREATED", "CHANGED", "UNCHANGED", "FAILED", "IGNORED", "REPEATED"})
            String outcome) {}

    /// What a sender sends; for the documentation alone, because the bytes are what is signed.
    @Schema(name = "ReviewWebhook")
    public record Envelope(
            @Schema(examples = "review.created", description = "review.created, review.updated or review.withdrawn")
            String type,

            @Schema(examples = "2026-03-05T12:00:00Z") @Nullable
            String timestamp,

            @Schema(
                    type = SchemaType.OBJECT,
                    additionalProperties = Schema.True.class,
                    description = "externalId and submittedAt, and as far as known sourceRef, kind, state, rating,"
                            + " subRatings, title, body, language, updatedAt, authorName, email, orderReference, sku,"
                            + " productName")
            Object data) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @SecurityRequirements
    @Operation(
            operationId = "bringReview",
            summary = "Bring a review",
            description = "Signed as the Standard Webhooks specification says, with the secret of the connection. A"
                    + " webhook that comes again does nothing. What cannot be read as a review goes to the ledger.")
    @APIResponse(
            responseCode = "202",
            description = "Taken in",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(responseCode = "401", description = "The signature does not fit")
    public RestResponse<WebhookView> bring(
            @PathParam("id") UUID id,
            @HeaderParam("webhook-id") @Nullable String webhookId,
            @HeaderParam("webhook-timestamp") @Nullable String timestamp,
            @HeaderParam("webhook-signature") @Nullable String signature,
            @RequestBody(content = @Content(schema = @Schema(implementation = Envelope.class))) @Nullable
                    InputStream sent)
            throws IOException {
        WebhookSignature signed = new WebhookSignature(webhookId, timestamp, signature);
        refuse(signed.earlyObjection(clock.instant(), config.tolerance()));
        String secret = secret(id);
        JsonNode envelope;
        // In memory when its signature fits, not before.
        try (SpooledBody body = held.spool(sent, signed.begin(WebhookSignature.secretOf(secret)), config.largest())) {
            if (!signed.fits(body.code())) {
                throw notSigned();
            }
            envelope = held.with(body.size(), () -> read(body));
        }
        WebhookIntake.Outcome outcome = intake.take(id, Objects.requireNonNull(webhookId), envelope);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, new WebhookView(outcome.name()))
                .build();
    }

    private static void refuse(@Nullable String objection) {
        if (objection != null) {
            throw new ProblemException(ReviewError.SIGNATURE_INVALID, objection);
        }
    }

    private static ProblemException notSigned() {
        return new ProblemException(ReviewError.SIGNATURE_INVALID, "No webhook-signature fits.");
    }

    /// Asked for before the body is read: for a connection that takes none, nothing is.
    private String secret(UUID id) {
        ReviewConnection connection = connections.find(id);
        if (connection == null || !host.connector(connection).capabilities().webhook()) {
            throw notSigned();
        }
        try {
            return host.credentials(connection).require("secret");
        } catch (ConnectorFailure failure) {
            throw new ProblemException(CommonError.UNAVAILABLE, failure.getMessage());
        }
    }

    private static JsonNode read(SpooledBody body) throws IOException {
        try (InputStream bytes = body.open()) {
            JsonNode envelope = EventJson.MAPPER.readTree(bytes);
            if (envelope.isObject()) {
                return envelope;
            }
        } catch (JsonProcessingException malformed) {
            throw ProblemException.invalid("", "is not JSON");
        }
        throw ProblemException.invalid("", "is not a JSON object");
    }
}
