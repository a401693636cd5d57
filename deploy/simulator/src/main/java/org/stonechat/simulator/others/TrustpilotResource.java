package org.stonechat.simulator.others;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.stonechat.simulator.SimulatorConfig;
import org.stonechat.simulator.platform.AccessTokens;
import org.stonechat.simulator.platform.PlatformCall;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Trustpilot's business API.
@Path("/trustpilot/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TrustpilotResource {

    private final ItemFiles files;
    private final AccessTokens tokens;
    private final SimulatorConfig.Platform config;
    private final InstantSource clock;

    TrustpilotResource(ItemFiles files, AccessTokens tokens, SimulatorConfig config, InstantSource clock) {
        this.files = files;
        this.tokens = tokens;
        this.config = config.platform();
        this.clock = clock;
    }

    @POST
    @Path("oauth/oauth-business-users-for-applications/accesstoken")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(
            @HeaderParam("Authorization") @Nullable String authorization,
            @FormParam("grant_type") @Nullable String grantType) {
        String expected = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (config.clientId() + ":" + config.clientSecret()).getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(authorization) || !"client_credentials".equals(grantType)) {
            return Response.status(401).build();
        }
        // Its lifetime is a string.
        return Response.ok(Map.of(
                        "access_token",
                        tokens.issue(),
                        "expires_in",
                        Long.toString(config.tokenLifetime().toSeconds()),
                        "token_type",
                        "bearer"))
                .build();
    }

    @GET
    @PlatformCall
    @Path("private/business-units/{id}/reviews")
    public Response list(
            @PathParam("id") String unit,
            @QueryParam("page") @DefaultValue("1") int page,
            @QueryParam("perPage") @DefaultValue("20") int perPage,
            @QueryParam("orderBy") @DefaultValue("createdat.desc") String orderBy,
            @QueryParam("startDateTime") @Nullable String start) {
        if (page < 1 || perPage < 1 || perPage > 100 || !orderBy.matches("createdat\\.(asc|desc)")) {
            return Response.status(400).build();
        }
        Instant since = start == null ? Instant.EPOCH : Instant.parse(start);
        List<ObjectNode> all = files.list(OtherPlatform.TRUSTPILOT, unit).stream()
                .filter(item -> !Instant.parse(item.path("createdAt").asText()).isBefore(since))
                .toList();
        List<ObjectNode> ordered = orderBy.endsWith("asc") ? all.reversed() : all;
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("links");
        body.putArray("reviews")
                .addAll(ordered.subList(
                        Math.min(ordered.size(), (page - 1) * perPage), Math.min(ordered.size(), page * perPage)));
        return Response.ok(body).build();
    }

    @GET
    @PlatformCall
    @Path("private/reviews/{id}")
    public Response review(@PathParam("id") String id) {
        return files.find(OtherPlatform.TRUSTPILOT, id)
                .map(item -> Response.ok(item).build())
                .orElseGet(() -> Response.status(404).build());
    }

    public record Reply(
            @Nullable String authorBusinessUserId, @Nullable String message) {}

    @POST
    @PlatformCall
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("private/reviews/{id}/reply")
    public Response reply(@PathParam("id") String id, @Nullable Reply reply) {
        if (reply == null || reply.authorBusinessUserId() == null || reply.message() == null) {
            return Response.status(400).build();
        }
        return files.change(OtherPlatform.TRUSTPILOT, id, item -> {
                    item.putObject("companyReply")
                            .put("text", reply.message())
                            .put("createdAt", clock.instant().toString())
                            .putNull("updatedAt");
                    item.put("sim:replyPosts", item.path("sim:replyPosts").asInt() + 1);
                })
                .map(item -> Response.status(201).build())
                .orElseGet(() -> Response.status(404).build());
    }

    @DELETE
    @PlatformCall
    @Path("private/reviews/{id}/reply")
    public Response deleteReply(@PathParam("id") String id) {
        return files.change(OtherPlatform.TRUSTPILOT, id, item -> item.putNull("companyReply"))
                .map(item -> Response.noContent().build())
                .orElseGet(() -> Response.status(404).build());
    }
}
