package org.stonechat.simulator.others;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.stonechat.simulator.platform.PlatformCall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// App Store Connect. Answers stand beside reviews, under ids of their own.
@Path("/apple/v1")
@Produces(MediaType.APPLICATION_JSON)
@PlatformCall
@RunOnVirtualThread
public class AppStoreResource {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_REPLY = 5970;
    private static final String RESPONSE = "sim:response";
    /// Links name the real host: whoever follows them instead of their query leaves the simulation.
    private static final String LINK_HOST = "https://api.appstoreconnect.apple.com";

    private final ItemFiles files;
    private final InstantSource clock;

    AppStoreResource(ItemFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    @GET
    @Path("apps/{app}/customerReviews")
    public Response list(
            @PathParam("app") String app,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (limit < 1 || limit > 200) {
            return Response.status(400).build();
        }
        List<ObjectNode> all = files.list(OtherPlatform.APP_STORE, app);
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(all.size(), from + limit);
        ObjectNode body = JSON.objectNode();
        ArrayNode data = body.putArray("data");
        ArrayNode included = body.putArray("included");
        all.subList(Math.min(from, to), to).forEach(item -> show(item, data::add, included));
        ObjectNode links = body.putObject("links");
        if (to < all.size()) {
            links.put(
                    "next",
                    LINK_HOST + "/v1/apps/" + app + "/customerReviews?cursor=" + to + "&limit=" + limit
                            + "&sort=-createdDate&include=response");
        }
        return Response.ok(body)
                .header("X-Rate-Limit", "user-hour-lim:3500;user-hour-rem:500;")
                .build();
    }

    @GET
    @Path("customerReviews/{id}")
    public Response review(@PathParam("id") String id) {
        return files.find(OtherPlatform.APP_STORE, id)
                .map(item -> {
                    ObjectNode body = JSON.objectNode();
                    show(item, data -> body.set("data", data), body.putArray("included"));
                    return Response.ok(body).build();
                })
                .orElseGet(() -> Response.status(404).build());
    }

    @POST
    @Path("customerReviewResponses")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response reply(JsonNode request) {
        JsonNode data = request.path("data");
        String text = data.path("attributes").path("responseBody").asText("");
        String review = data.path("relationships")
                .path("review")
                .path("data")
                .path("id")
                .asText("");
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST_REPLY) {
            return Response.status(409).build();
        }
        Optional<ObjectNode> changed = files.change(OtherPlatform.APP_STORE, review, item -> {
            ObjectNode response = item.putObject(RESPONSE)
                    .put("type", "customerReviewResponses")
                    .put("id", "rsp-" + review);
            response.putObject("attributes")
                    .put("responseBody", text)
                    .put("lastModifiedDate", clock.instant().toString())
                    .put("state", "PENDING_PUBLISH");
            item.put("sim:replyPosts", item.path("sim:replyPosts").asInt() + 1);
        });
        return changed.map(item -> Response.status(201)
                        .entity(JSON.objectNode().set("data", item.path(RESPONSE)))
                        .build())
                .orElseGet(() -> Response.status(404).build());
    }

    @DELETE
    @Path("customerReviewResponses/{id}")
    public Response deleteReply(@PathParam("id") String id) {
        String review = id.startsWith("rsp-") ? id.substring(4) : "";
        return files.find(OtherPlatform.APP_STORE, review)
                .filter(item -> item.has(RESPONSE))
                .map(item -> {
                    files.change(OtherPlatform.APP_STORE, review, changed -> changed.remove(RESPONSE));
                    return Response.noContent().build();
                })
                .orElseGet(() -> Response.status(404).build());
    }

    private static void show(ObjectNode item, java.util.function.Consumer<ObjectNode> data, ArrayNode included) {
        ObjectNode shown = GoogleResource.shown(item);
        JsonNode response = shown.remove(RESPONSE);
        if (response != null) {
            shown.withObjectProperty("relationships")
                    .withObjectProperty("response")
                    .putObject("data")
                    .put("type", "customerReviewResponses")
                    .put("id", response.path("id").asText());
            included.add(response);
        }
        data.accept(shown);
    }
}
