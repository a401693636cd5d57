package org.stonechat.e2e.client;

import java.net.URI;
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

    /// Has the platform misbehave for a while.
    public void fault(Map<String, Object> fault) {
        web.postJson(control("faults"), fault).expecting(200, 201, 202, 204);
    }

    private URI control(String path) {
        return doors.simulator().resolve("/control/" + path);
    }
}
