package org.stonechat.e2e.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/// The outside world that is simulated: what customers do at the review platform, and what it shows.
public final class World {

    private final Doors doors;
    private final Web web = new Web();

    public World(Doors doors) {
        this.doors = doors;
    }

    /// A customer leaves a review.
    ///
    /// @param review as the control API takes it: `stars`, `title`, `comment`, `author`, `email`, `order` …
    /// @return its id at the platform
    public String addReview(Map<String, Object> review) {
        return web.postJson(control("reviews"), review)
                .expecting(200, 201)
                .json()
                .required("id")
                .asText();
    }

    /// What the platform knows of a review, with the shop's reply and how it came.
    public JsonNode review(String id) {
        return web.get(control("reviews/" + id)).expecting(200).json();
    }

    /// Has the platform make up reviews; the same order makes the same ones, once.
    public void generate(Map<String, Object> order) {
        web.postJson(control("generate"), order).expecting(201, 409);
    }

    /// Somebody changes a review: `stars`, `title`, `comment`, `state`.
    public JsonNode editReview(String id, Map<String, Object> edit) {
        return web.send(HttpRequest.newBuilder(control("reviews/" + id))
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(Json.write(edit))))
                .expecting(200)
                .json();
    }

    /// The platform decides about a report.
    public void decide(String id, boolean upheld) {
        web.postJson(control("reviews/" + id + "/decision"), Map.of("upheld", upheld))
                .expecting(200);
    }

    /// What the platform was asked and what it answered: `last`, how many calls there were in all, and `calls`
    /// after the one with a number whose address holds these words.
    public JsonNode calls(long after, String words) {
        return web.get(control("calls?after=" + after + "&only=" + Web.encoded(words)))
                .expecting(200)
                .json();
    }

    /// A review as the platform lists it.
    public record Shown(double rating, String title, String text, boolean answered) {}

    /// All reviews of a channel by their ids, as the platform lists them to its clients; newest first.
    public Map<String, Shown> listed(String channel) {
        URI platform = doors.simulator().resolve("/etrusted/");
        String token = web.postForm(
                        platform.resolve("oauth/token"),
                        Map.of(
                                "client_id", "sim-client",
                                "client_secret", "sim-secret",
                                "grant_type", "client_credentials",
                                "audience", "https://api.etrusted.com"))
                .expecting(200)
                .json()
                .required("access_token")
                .asText();
        Map<String, Shown> reviews = new LinkedHashMap<>();
        String after = "";
        do {
            URI page = platform.resolve("reviews?ignoreStatements=false&count=1000&channels=" + channel
                    + (after.isEmpty() ? "" : "&after=" + after));
            JsonNode listed = web.send(HttpRequest.newBuilder(page).header("Authorization", "Bearer " + token))
                    .expecting(200)
                    .json();
            for (JsonNode item : listed.required("items")) {
                reviews.put(
                        item.required("id").asText(),
                        new Shown(
                                item.path("rating").asDouble(),
                                item.path("title").asText(""),
                                item.path("comment").asText(""),
                                item.hasNonNull("reply")));
            }
            after = listed.path("paging").path("cursor").path("after").asText("");
        } while (!after.isEmpty());
        return reviews;
    }

    /// Has the platform misbehave for a while.
    public void fault(Map<String, Object> fault) {
        web.postJson(control("faults"), fault).expecting(200, 201, 202, 204);
    }

    /// Nothing goes wrong any more.
    public void heal() {
        web.send(HttpRequest.newBuilder(control("faults")).DELETE()).expecting(200, 204);
    }

    private URI control(String path) {
        return doors.simulator().resolve("/control/" + path);
    }
}
