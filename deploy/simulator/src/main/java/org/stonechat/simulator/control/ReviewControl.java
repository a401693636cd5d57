package org.stonechat.simulator.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.stonechat.simulator.platform.CallJournal;
import org.stonechat.simulator.platform.Faults;
import org.stonechat.simulator.platform.Generation;
import org.stonechat.simulator.platform.Generator;
import org.stonechat.simulator.platform.NewReview;
import org.stonechat.simulator.platform.ReviewEdit;
import org.stonechat.simulator.platform.ReviewPlatform;
import org.stonechat.simulator.platform.StoredReview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Customers and moderators of the review platform, played by a test; and its bad days.
@Path("/control")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ReviewControl {

    private static final int MOST_FAULTS = 1000;

    private final ReviewPlatform platform;
    private final Faults faults;
    private final CallJournal journal;
    private final InstantSource clock;

    ReviewControl(ReviewPlatform platform, Faults faults, CallJournal journal, InstantSource clock) {
        this.platform = platform;
        this.faults = faults;
        this.journal = journal;
        this.clock = clock;
    }

    /// @param reply what the profile shows as the shop's answer; absent while there is none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReviewView(
            String id,
            @Nullable JsonNode reply,
            int replyPosts,
            int replyDeletes,
            int notificationsSent,
            List<? extends JsonNode> vetos,
            JsonNode item) {

        static ReviewView from(StoredReview review) {
            return new ReviewView(
                    review.id(),
                    review.item().get("reply"),
                    review.replyPosts(),
                    review.replyDeletes(),
                    review.notificationsSent(),
                    review.vetos(),
                    review.item());
        }
    }

    @POST
    @Path("reviews")
    public Response add(NewReview review) {
        try {
            return platform.submit(review)
                    .map(added ->
                            Response.status(201).entity(ReviewView.from(added)).build())
                    .orElseGet(() -> refusal(409, "there is a review with this id"));
        } catch (IllegalArgumentException refused) {
            return refusal(400, String.valueOf(refused.getMessage()));
        }
    }

    @GET
    @Path("reviews")
    public List<ReviewView> all() {
        return platform.all().stream().map(ReviewView::from).toList();
    }

    @GET
    @Path("reviews/{id}")
    public Response one(@PathParam("id") String id) {
        return platform.find(id)
                .map(review -> Response.ok(ReviewView.from(review)).build())
                .orElseGet(() -> refusal(404, "there is no such review"));
    }

    @PATCH
    @Path("reviews/{id}")
    public Response edit(@PathParam("id") String id, ReviewEdit edit) {
        try {
            return platform.edit(id, edit)
                    .map(review -> Response.ok(ReviewView.from(review)).build())
                    .orElseGet(() -> refusal(404, "there is no such review"));
        } catch (IllegalArgumentException refused) {
            return refusal(400, String.valueOf(refused.getMessage()));
        }
    }

    /// @param seed 1 unless given
    public record GenerationOrder(
            @Nullable Long seed,
            @Nullable Integer count,
            @Nullable String channel,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable List<String> languages) {}

    @POST
    @Path("generate")
    public Response generate(GenerationOrder order) {
        try {
            Instant until = order.until() == null ? clock.instant() : order.until();
            Generation generation = new Generation(
                    order.seed() == null ? 1 : order.seed(),
                    order.count() == null ? 1000 : order.count(),
                    order.channel() == null ? "chl-northwind-0001" : order.channel(),
                    order.from() == null ? until.minus(Duration.ofDays(3 * 365)) : order.from(),
                    until,
                    order.languages() == null ? Generator.LANGUAGES : order.languages());
            return platform.generate(generation)
                    ? Response.status(201).entity(generation).build()
                    : refusal(409, "these reviews are there already");
        } catch (IllegalArgumentException refused) {
            return refusal(400, String.valueOf(refused.getMessage()));
        }
    }

    @GET
    @Path("totals")
    public ReviewPlatform.Totals totals() {
        return platform.totals();
    }

    public record Decision(boolean upheld) {}

    @POST
    @Path("reviews/{id}/decision")
    public Response decide(@PathParam("id") String id, Decision decision) {
        return platform.decide(id, decision.upheld())
                .map(review -> Response.ok(ReviewView.from(review)).build())
                .orElseGet(() -> refusal(404, "there is no such review"));
    }

    /// @param count how often, 1 unless given
    /// @param only  a part of the address of the calls that are meant; all calls unless given
    public record FaultOrder(
            Faults.@Nullable Kind kind,
            @Nullable Integer count,
            @Nullable Duration retryAfter,
            @Nullable Duration delay,
            @Nullable String only) {}

    @POST
    @Path("faults")
    public Response inject(FaultOrder order) {
        int count = order.count() == null ? 1 : order.count();
        Faults.Kind kind = order.kind();
        if (kind == null || count < 1 || count > MOST_FAULTS) {
            return refusal(400, "a fault has a kind, and a count from 1 to " + MOST_FAULTS);
        }
        faults.inject(new Faults.Fault(kind, order.retryAfter(), order.delay(), order.only()), count);
        return Response.status(201).entity(faults.remaining()).build();
    }

    @GET
    @Path("faults")
    public Map<Faults.Kind, Integer> remaining() {
        return faults.remaining();
    }

    @DELETE
    @Path("faults")
    public void heal() {
        faults.clear();
    }

    /// What the platforms were asked, oldest first.
    ///
    /// @param last how many calls there were in all
    public record Calls(long last, List<CallJournal.Call> calls) {}

    @GET
    @Path("calls")
    public Calls calls(
            @QueryParam("after") @DefaultValue("0") long after, @QueryParam("only") @DefaultValue("") String only) {
        return new Calls(journal.last(), journal.after(after, only));
    }

    private static Response refusal(int status, String reason) {
        return Response.status(status).entity(Map.of("error", reason)).build();
    }
}
