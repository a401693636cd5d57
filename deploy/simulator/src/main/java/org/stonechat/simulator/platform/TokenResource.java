package org.stonechat.simulator.platform;

import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.stonechat.simulator.SimulatorConfig;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Where API clients of the platform sign in.
@Path("/etrusted/oauth/token")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RunOnVirtualThread
public class TokenResource {

    private final AccessTokens tokens;
    private final SimulatorConfig.Platform config;

    TokenResource(AccessTokens tokens, SimulatorConfig config) {
        this.tokens = tokens;
        this.config = config.platform();
    }

    @POST
    public Response token(
            @FormParam("client_id") @Nullable String clientId,
            @FormParam("client_secret") @Nullable String clientSecret,
            @FormParam("grant_type") @Nullable String grantType,
            @FormParam("audience") @Nullable String audience) {
        if (clientId == null || clientSecret == null || grantType == null || audience == null) {
            return refusal(400, "invalid_request", "client_id, client_secret, grant_type and audience are required");
        }
        if (!grantType.equals("client_credentials")) {
            return refusal(400, "unsupported_grant_type", "Unsupported grant_type");
        }
        if (!clientId.equals(config.clientId()) || !clientSecret.equals(config.clientSecret())) {
            return refusal(401, "unauthorized_client", "Invalid client or Invalid client credentials");
        }
        if (!audience.equals(config.audience())) {
            return refusal(400, "invalid_request", "Unknown audience");
        }
        return Response.ok(Map.of(
                        "access_token",
                        tokens.issue(),
                        "expires_in",
                        config.tokenLifetime().toSeconds(),
                        "refresh_expires_in",
                        0,
                        "token_type",
                        "Bearer",
                        "not-before-policy",
                        0,
                        "scope",
                        "profile email"))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Response refusal(int status, String error, String description) {
        return Response.status(status)
                .entity(Map.of("error", error, "error_description", description))
                .build();
    }
}
