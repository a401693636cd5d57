package org.stonechat.simulator.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// The platform's API.
@Path("/etrusted")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@PlatformCall
@RunOnVirtualThread
public class PlatformResource {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// Links name the real host: whoever follows them instead of the cursor leaves the simulation.
    private static final String LINK_HOST = "https://api.etrusted.com";

    private static final int MOST_MINIMAL = 5000;
    private static final Set<String> VETO_REASONS =
            Set.of("UNTRUTHFUL", "ABUSIVE", "VIOLATES_THE_TERMS_OF_USE", "INAPPROPRIATE_IMAGE");
    private static final List<String> STARS = List.of("oneStar", "twoStars", "threeStars", "fourStars", "fiveStars");

    private final ReviewPlatform platform;
    private final Fixtures fixtures;
    private final Faults faults;
    private final InstantSource clock;

    PlatformResource(ReviewPlatform platform, Fixtures fixtures, Faults faults, InstantSource clock) {
        this.platform = platform;
        this.fixtures = fixtures;
        this.faults = faults;
        this.clock = clock;
    }

    @GET
    @Path("channels")
    public JsonNode channels() {
        return fixtures.channels();
    }

    @GET
    @Path("reviews")
    public Response reviews(@Context UriInfo uri) {
        try {
            ReviewQuery.Page page = new ReviewQuery(platform, uri.getQueryParameters()).page();
            ObjectNode body = JSON.objectNode();
            // Always 0 here; the number is at /reviews/count.
            body.put("totalElements", 0);
            ObjectNode paging = body.putObject("paging");
            paging.put("count", page.items().size());
            ObjectNode cursor = paging.putObject("cursor");
            ObjectNode links = paging.putObject("links");
            links.put("self", LINK_HOST + "/reviews");
            putCursor(cursor, page);
            if (cursor.hasNonNull("after") && !cursor.path("after").asText().isEmpty()) {
                links.put(
                        "next",
                        LINK_HOST + "/reviews?after=" + cursor.path("after").asText());
            }
            body.putArray("items").addAll(page.items());
            insert(uri);
            return Response.ok(body).build();
        } catch (IllegalArgumentException refused) {
            return Response.status(400).build();
        }
    }

    @GET
    @Path("reviews-minimal")
    public Response minimal(@Context UriInfo uri) {
        try {
            ReviewQuery.Page page = new ReviewQuery(platform, uri.getQueryParameters(), MOST_MINIMAL).page();
            ObjectNode body = JSON.objectNode();
            putCursor(body.putObject("paging").putObject("cursor"), page);
            ArrayNode items = body.putArray("items");
            for (JsonNode item : page.items()) {
                ObjectNode minimal = items.addObject();
                for (String field : List.of("id", "channelRef", "rating", "createdAt", "submittedAt", "type")) {
                    minimal.set(field, item.path(field));
                }
            }
            return Response.ok(body).build();
        } catch (IllegalArgumentException refused) {
            return Response.status(400).build();
        }
    }

    @GET
    @Path("reviews/count")
    public Response count(@Context UriInfo uri) {
        try {
            ReviewQuery query = new ReviewQuery(platform, uri.getQueryParameters());
            ObjectNode body = JSON.objectNode();
            body.put("accountId", fixtures.review().path("accountRef").asText());
            ArrayNode channels = body.putArray("channelList");
            fixtures.channels().forEach(channel -> channels.add(channel.path("id")));
            body.put("totalElements", query.total());
            return Response.ok(body).build();
        } catch (IllegalArgumentException refused) {
            return Response.status(400).build();
        }
    }

    @GET
    @Path("reviews/{id}")
    public Response review(@PathParam("id") String id) {
        return platform.find(id)
                .map(review -> Response.ok(review.item()).build())
                .orElseGet(PlatformResource::notFound);
    }

    /// @param comment required, at most 4000 characters
    public record Reply(@Nullable String comment, @Nullable Boolean sendNotification) {}

    @POST
    @Path("reviews/{id}/reply")
    public Response reply(@PathParam("id") String id, @Nullable Reply reply) {
        if (reply == null
                || reply.comment() == null
                || reply.comment().isBlank()
                || reply.comment().length() > ReviewPlatform.LONGEST_COMMENT) {
            return Response.status(400).build();
        }
        boolean notify = Boolean.TRUE.equals(reply.sendNotification());
        if (platform.reply(id, reply.comment(), notify).isEmpty()) {
            return notFound();
        }
        return Response.ok().build();
    }

    @DELETE
    @Path("reviews/{id}/reply")
    public Response deleteReply(@PathParam("id") String id) {
        if (platform.find(id).filter(review -> review.item().has("reply")).isEmpty()) {
            return notFound();
        }
        platform.deleteReply(id);
        return Response.noContent().build();
    }

    public record Veto(
            @Nullable String comment,
            @Nullable String reason,
            @Nullable String vetoReporterEmail) {}

    @POST
    @Path("reviews/{id}/vetos")
    public Response report(@PathParam("id") String id, @Nullable Veto veto) {
        if (veto == null || veto.comment() == null || veto.reason() == null || !VETO_REASONS.contains(veto.reason())) {
            return Response.status(400).build();
        }
        return platform.report(id, veto.reason(), veto.comment())
                .map(review -> Response.ok(review.vetos().getLast()).build())
                .orElseGet(PlatformResource::notFound);
    }

    @GET
    @Path("reviews/{id}/vetos")
    public Response report(@PathParam("id") String id) {
        return platform.find(id)
                .filter(review -> !review.vetos().isEmpty())
                .map(review -> Response.ok(review.vetos().getLast()).build())
                .orElseGet(PlatformResource::notFound);
    }

    @GET
    @Path("channels/{id}/service-reviews/aggregate-rating")
    public Response aggregateRating(@PathParam("id") String channel) {
        boolean known = false;
        for (JsonNode each : fixtures.channels()) {
            known |= each.path("id").asText().equals(channel);
        }
        if (!known) {
            return notFound();
        }
        Instant now = clock.instant();
        Map<String, Instant> periods = new LinkedHashMap<>();
        for (int days : new int[] {7, 30, 90, 365}) {
            periods.put(days + "days", now.minus(Duration.ofDays(days)));
        }
        periods.put("overall", Instant.EPOCH);
        ObjectNode body = JSON.objectNode();
        periods.forEach((name, since) -> aggregate(body.putObject(name), channel, since, now));
        return Response.ok(body).build();
    }

    private void aggregate(ObjectNode into, String channel, Instant since, Instant now) {
        int[] distribution = new int[STARS.size()];
        double sum = 0;
        int count = 0;
        for (Listed review : platform.inOrder(Listed.Order.SUBMITTED)) {
            if (review.channel().equals(channel)
                    && review.type().equals("SERVICE_REVIEW")
                    && review.state().equals("APPROVED")
                    && review.stars() > 0
                    && review.at(Listed.Order.SUBMITTED) > since.toEpochMilli()) {
                distribution[review.stars() - 1]++;
                sum += review.item().path("rating").asDouble();
                count++;
            }
        }
        into.put("rating", count == 0 ? 0 : Math.round(sum / count * 100) / 100.0);
        into.put("count", count);
        ObjectNode byStars = into.putObject("distribution");
        for (int i = 0; i < distribution.length; i++) {
            byStars.put(STARS.get(i), distribution[i]);
        }
        into.putObject("period").put("start", ReviewPlatform.time(since)).put("end", ReviewPlatform.time(now));
    }

    /// On the last page `after` is absent, and on an empty one it is an empty string: both are seen in the wild.
    private static void putCursor(ObjectNode cursor, ReviewQuery.Page page) {
        if (page.items().isEmpty()) {
            cursor.put("before", "").put("after", "");
            return;
        }
        cursor.put("before", page.items().getFirst().path("id").asText());
        if (page.olderFollow()) {
            cursor.put("after", page.items().getLast().path("id").asText());
        }
    }

    private void insert(UriInfo uri) {
        if (faults.happens(Faults.Kind.INSERT_WHILE_PAGING, PlatformAnswer.address(uri))) {
            String channels = uri.getQueryParameters().getFirst("channels");
            platform.submit(new NewReview(
                    null,
                    java.math.BigDecimal.valueOf(4),
                    "In between",
                    "Came in while somebody was paging.",
                    "Ivy Inserted",
                    "ivy@customers.example",
                    "NW-" + UUID.randomUUID().toString().substring(0, 8),
                    null,
                    channels == null ? null : channels.split(",", 2)[0],
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
        }
    }

    private static Response notFound() {
        return Response.status(404).build();
    }
}
