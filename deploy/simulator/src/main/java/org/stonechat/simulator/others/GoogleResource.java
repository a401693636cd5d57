package org.stonechat.simulator.others;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Google's token endpoint, Business Profile and Play.
@Path("/google")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class GoogleResource {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_BUSINESS_REPLY = 4096;
    private static final int LONGEST_PLAY_REPLY = 350;
    private static final Duration PLAY_WINDOW = Duration.ofDays(7);

    private final ItemFiles files;
    private final AccessTokens tokens;
    private final SimulatorKeys keys;
    private final SimulatorConfig.Platform config;
    private final InstantSource clock;

    GoogleResource(
            ItemFiles files, AccessTokens tokens, SimulatorKeys keys, SimulatorConfig config, InstantSource clock) {
        this.files = files;
        this.tokens = tokens;
        this.keys = keys;
        this.config = config.platform();
        this.clock = clock;
    }

    @POST
    @Path("token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(
            @FormParam("grant_type") @Nullable String grantType,
            @FormParam("client_id") @Nullable String clientId,
            @FormParam("client_secret") @Nullable String clientSecret,
            @FormParam("refresh_token") @Nullable String refreshToken,
            @FormParam("assertion") @Nullable String assertion) {
        boolean granted = switch (String.valueOf(grantType)) {
            case "refresh_token" ->
                config.clientId().equals(clientId)
                        && config.clientSecret().equals(clientSecret)
                        && "sim-refresh".equals(refreshToken);
            case "urn:ietf:params:oauth:grant-type:jwt-bearer" ->
                assertion != null
                        && keys.verifiedRsa(assertion)
                                .filter(claims -> claims.path("scope")
                                        .asText()
                                        .equals("https://www.googleapis.com/auth/androidpublisher"))
                                .isPresent();
            default -> false;
        };
        return granted
                ? Response.ok(Map.of(
                                "access_token",
                                tokens.issue(),
                                "expires_in",
                                config.tokenLifetime().toSeconds(),
                                "token_type",
                                "Bearer"))
                        .build()
                : Response.status(400).entity(Map.of("error", "invalid_grant")).build();
    }

    @GET
    @PlatformCall
    @Path("v4/accounts/{account}/locations/{location}/reviews")
    public Response business(
            @PathParam("account") String account,
            @PathParam("location") String location,
            @QueryParam("pageSize") @DefaultValue("50") int pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        if (pageSize < 1 || pageSize > 50) {
            return Response.status(400).build();
        }
        List<ObjectNode> all =
                files.list(OtherPlatform.GOOGLE_BUSINESS, "accounts/" + account + "/locations/" + location);
        ObjectNode body = JSON.objectNode();
        if (all.isEmpty()) {
            return Response.ok(body).build();
        }
        int from = pageToken == null ? 0 : Integer.parseInt(pageToken);
        int to = Math.min(all.size(), from + pageSize);
        body.putArray("reviews").addAll(shown(all.subList(Math.min(from, to), to)));
        body.put("averageRating", 3.5).put("totalReviewCount", all.size());
        if (to < all.size()) {
            body.put("nextPageToken", Integer.toString(to));
        }
        return Response.ok(body).build();
    }

    @GET
    @PlatformCall
    @Path("v4/accounts/{account}/locations/{location}/reviews/{review}")
    public Response businessReview(
            @PathParam("account") String account,
            @PathParam("location") String location,
            @PathParam("review") String review) {
        return files.find(OtherPlatform.GOOGLE_BUSINESS, name(account, location, review))
                .map(item -> Response.ok(shown(item)).build())
                .orElseGet(() -> Response.status(404).build());
    }

    public record BusinessReply(@Nullable String comment) {}

    @PUT
    @PlatformCall
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("v4/accounts/{account}/locations/{location}/reviews/{review}/reply")
    public Response businessReply(
            @PathParam("account") String account,
            @PathParam("location") String location,
            @PathParam("review") String review,
            @Nullable BusinessReply reply) {
        if (reply == null
                || reply.comment() == null
                || reply.comment().getBytes(StandardCharsets.UTF_8).length > LONGEST_BUSINESS_REPLY) {
            return Response.status(400).build();
        }
        return files.change(OtherPlatform.GOOGLE_BUSINESS, name(account, location, review), item -> {
                    item.putObject("reviewReply")
                            .put("comment", reply.comment())
                            .put("updateTime", clock.instant().toString())
                            .put("reviewReplyState", "APPROVED");
                    item.put("sim:replyPosts", item.path("sim:replyPosts").asInt() + 1);
                })
                .map(item -> Response.ok(item.path("reviewReply")).build())
                .orElseGet(() -> Response.status(404).build());
    }

    @DELETE
    @PlatformCall
    @Path("v4/accounts/{account}/locations/{location}/reviews/{review}/reply")
    public Response deleteBusinessReply(
            @PathParam("account") String account,
            @PathParam("location") String location,
            @PathParam("review") String review) {
        return files.change(
                        OtherPlatform.GOOGLE_BUSINESS,
                        name(account, location, review),
                        item -> item.remove("reviewReply"))
                .map(item -> Response.ok(JSON.objectNode()).build())
                .orElseGet(() -> Response.status(404).build());
    }

    @GET
    @PlatformCall
    @Path("androidpublisher/v3/applications/{app}/reviews")
    public Response play(
            @PathParam("app") String app,
            @QueryParam("maxResults") @DefaultValue("10") int maxResults,
            @QueryParam("token") @Nullable String token) {
        if (maxResults < 1 || maxResults > 100) {
            return Response.status(400).build();
        }
        Instant since = clock.instant().minus(PLAY_WINDOW);
        List<ObjectNode> all = files.list(OtherPlatform.GOOGLE_PLAY, app).stream()
                .filter(item -> !Instant.ofEpochSecond(Long.parseLong(OtherPlatform.GOOGLE_PLAY.order(item)))
                        .isBefore(since))
                .toList();
        int from = token == null ? 0 : Integer.parseInt(token);
        int to = Math.min(all.size(), from + maxResults);
        ObjectNode body = JSON.objectNode();
        body.putArray("reviews").addAll(shown(all.subList(Math.min(from, to), to)));
        if (to < all.size()) {
            body.putObject("tokenPagination").put("nextPageToken", Integer.toString(to));
        }
        return Response.ok(body).build();
    }

    @GET
    @PlatformCall
    @Path("androidpublisher/v3/applications/{app}/reviews/{review}")
    public Response playReview(@PathParam("app") String app, @PathParam("review") String review) {
        return files.find(OtherPlatform.GOOGLE_PLAY, review)
                .filter(item -> OtherPlatform.GOOGLE_PLAY.source(item).equals(app))
                .map(item -> Response.ok(shown(item)).build())
                .orElseGet(() -> Response.status(404).build());
    }

    private static final String REPLY_VERB = ":reply";

    public record PlayReply(@Nullable String replyText) {}

    @POST
    @PlatformCall
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("androidpublisher/v3/applications/{app}/reviews/{review}")
    public Response playReply(@PathParam("review") String reviewAndVerb, @Nullable PlayReply reply) {
        // Google's custom verbs end a path: `…/reviews/{review}:reply`.
        if (!reviewAndVerb.endsWith(REPLY_VERB)) {
            return Response.status(404).build();
        }
        String review = reviewAndVerb.substring(0, reviewAndVerb.length() - REPLY_VERB.length());
        if (reply == null
                || reply.replyText() == null
                || reply.replyText().codePointCount(0, reply.replyText().length()) > LONGEST_PLAY_REPLY) {
            return Response.status(400).build();
        }
        return files.change(OtherPlatform.GOOGLE_PLAY, review, item -> {
                    ArrayNode comments = item.withArrayProperty("comments");
                    while (comments.size() > 1) {
                        comments.remove(1);
                    }
                    comments.addObject()
                            .putObject("developerComment")
                            .put("text", reply.replyText())
                            .putObject("lastModified")
                            .put("seconds", Long.toString(clock.instant().getEpochSecond()))
                            .put("nanos", 0);
                    item.put("sim:replyPosts", item.path("sim:replyPosts").asInt() + 1);
                })
                .map(item -> Response.ok(JSON.objectNode()).build())
                .orElseGet(() -> Response.status(404).build());
    }

    private static String name(String account, String location, String review) {
        return "accounts/" + account + "/locations/" + location + "/reviews/" + review;
    }

    private static List<ObjectNode> shown(List<ObjectNode> items) {
        return items.stream().map(GoogleResource::shown).toList();
    }

    /// Without what the platform keeps for itself.
    static ObjectNode shown(JsonNode item) {
        ObjectNode shown = item.deepCopy();
        shown.remove(List.of("sim:package", "sim:app", "sim:replyPosts"));
        return shown;
    }
}
