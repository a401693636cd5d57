package org.stonechat.e2e.faults;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.story.DemoPlaces;

import com.fasterxml.jackson.databind.JsonNode;

/// What analytics reports of the department since the run began, and by how much it differs from what is so.
///
/// @param open now, whenever they were made
record Figures(long created, long solved, long open, long satisfied, long received, long answered) {

    static Figures reported(Desk analyst, Instant since) {
        String window = "?from=" + since + "&department=" + DemoPlaces.NORTHWIND;
        JsonNode report = analyst.get("reports/tickets" + window).expecting(200).json();
        JsonNode tickets = report.required("rows").path(0);
        JsonNode ratings = firstRow(analyst, "reports/satisfaction" + window);
        JsonNode reviews =
                analyst.get("reports/reviews" + window).expecting(200).json().required("figures");
        return new Figures(
                tickets.path("created").asLong(),
                tickets.path("solved").asLong(),
                report.path("backlog").asLong(),
                ratings.path("satisfied").asLong(),
                reviews.path("received").asLong(),
                reviews.path("answered").asLong());
    }

    /// What the ticket service holds, what was rated, left and answered.
    static Figures real(Databases databases, Instant since, long ratings, long reviews, long answers) {
        Databases.TicketCounts tickets = databases.ticketCounts(since, UUID.fromString(DemoPlaces.NORTHWIND));
        return new Figures(tickets.created(), tickets.solved(), tickets.open(), ratings, reviews, answers);
    }

    /// By how much each reported figure is too high.
    Map<String, Long> above(Figures real) {
        Map<String, Long> differences = new LinkedHashMap<>();
        differences.put("tickets created", created - real.created);
        differences.put("tickets solved", solved - real.solved);
        differences.put("tickets open", open - real.open);
        differences.put("satisfied ratings", satisfied - real.satisfied);
        differences.put("reviews received", received - real.received);
        differences.put("reviews answered", answered - real.answered);
        return differences;
    }

    private static JsonNode firstRow(Desk analyst, String path) {
        return analyst.get(path).expecting(200).json().required("rows").path(0);
    }
}
