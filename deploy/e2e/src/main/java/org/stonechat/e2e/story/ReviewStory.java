package org.stonechat.e2e.story;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.World;

import com.fasterxml.jackson.databind.JsonNode;

import static org.stonechat.e2e.client.Disappointment.unless;

/// A shop review on its whole way: imported, routed, answered in public, counted.
public final class ReviewStory {

    private static final String REPLY =
            "Liebe Wilma, das tut uns leid. Wir haben heute ein neues Paket auf den Weg gebracht.";

    private final Doors doors;
    private final Storyteller tell;
    private final InstantSource clock;
    private final World world;
    private final Desk lena;
    private final Desk ana;

    public ReviewStory(Doors doors, Storyteller tell, InstantSource clock) {
        this.doors = doors;
        this.tell = tell;
        this.clock = clock;
        this.world = new World(doors);
        this.lena = Desk.of(doors, "lena");
        this.ana = Desk.of(doors, "ana");
    }

    /// What the story leaves behind.
    ///
    /// @param externalId the review's id at the platform
    public record Outcome(UUID ticketId, UUID reviewId, String externalId) {}

    public Outcome play() {
        Instant began = clock.instant();
        String mark = UUID.randomUUID().toString().substring(0, 8);
        String title = "Paket kam beschädigt an (" + mark + ")";
        String text = "Der Karton war aufgerissen, zwei Tassen fehlten. Schade.";
        String order = "NW-" + mark;

        tell.begin("A shop review");
        String externalId = tell.step(
                "Wilma gives the shop two stars at Trusted Shops",
                () -> world.addReview(Desk.body(
                        "stars",
                        2,
                        "title",
                        title,
                        "comment",
                        text,
                        "author",
                        "Wilma Weber",
                        "email",
                        "wilma." + mark + "@customers.example",
                        "order",
                        order,
                        "type",
                        "SERVICE_REVIEW",
                        "channel",
                        DemoPlaces.NORTHWIND_CHANNEL)),
                id -> doors.page(""));

        JsonNode imported = tell.step(
                "It is polled and imported",
                () -> Patience.until(
                        "the review among the imported ones",
                        () -> StreamSupport.stream(
                                        lena.items("reviews?limit=50").spliterator(), false)
                                .filter(review ->
                                        review.path("externalId").asText().equals(externalId))
                                .findFirst()),
                review -> doors.api("reviews/" + review.required("id").asText()));
        String reviewId = imported.required("id").asText();

        JsonNode ticket = tell.step(
                "A criterion makes a ticket for the Review Desk: stars, title, author, text, order",
                () -> ticketOf(reviewId, title, text, order),
                made -> doors.api("tickets/" + made.required("id").asText()));
        String ticketPath = "tickets/" + ticket.required("id").asText();

        JsonNode reply = tell.step(
                "Lena, a lead, answers in public with submit as solved",
                () -> answer(ticketPath),
                message -> doors.api(ticketPath));

        tell.step(
                "The shop's profile shows the reply, with the copy by mail asked for",
                () -> Patience.until("the reply on the shop's profile", () -> {
                    JsonNode shown = world.review(externalId).path("reply");
                    unless(
                            shown.path("comment").asText().equals(REPLY)
                                    && shown.path("sendNotification").asBoolean(),
                            "the profile shows the reply with its mail copy",
                            shown);
                    return Optional.of(shown);
                }),
                shown -> doors.page(""));
        tell.step(
                "The ticket's message says published",
                () -> Patience.until(
                        "the message to be published",
                        () -> StreamSupport.stream(
                                        lena.items(ticketPath + "/messages").spliterator(), false)
                                .filter(message -> message.path("id")
                                        .asText()
                                        .equals(reply.required("id").asText()))
                                .filter(message ->
                                        message.path("delivery").asText().equals("PUBLISHED"))
                                .findFirst()),
                message -> doors.api(ticketPath + "/messages"));

        String window = "from=" + began.minusSeconds(1) + "&department=" + DemoPlaces.NORTHWIND;
        tell.step(
                "Analytics counts one review, one answered, two stars",
                () -> Patience.until("the figures", () -> {
                    JsonNode figures = ana.get("reports/reviews?" + window)
                            .expecting(200)
                            .json()
                            .required("figures");
                    unless(
                            figures.path("received").asInt() == 1
                                    && figures.path("answered").asInt() == 1
                                    && figures.path("stars").path("two").asInt() == 1,
                            "one review with two stars was received and answered",
                            figures);
                    return Optional.of(figures);
                }),
                figures -> doors.api("reports/reviews?" + window));
        return new Outcome(UUID.fromString(ticket.required("id").asText()), UUID.fromString(reviewId), externalId);
    }

    private JsonNode ticketOf(String reviewId, String title, String text, String order) {
        String ticketId = Patience.until(
                        "the review's ticket",
                        () -> Optional.of(lena.get("reviews/" + reviewId)
                                        .expecting(200)
                                        .json()
                                        .required("review"))
                                .filter(review -> review.hasNonNull("ticketId")))
                .required("ticketId")
                .asText();
        JsonNode ticket = lena.get("tickets/" + ticketId).expecting(200).json();
        JsonNode review = ticket.path("review");
        unless(
                review.path("stars").asInt() == 2
                        && review.path("title").asText().equals(title)
                        && review.path("authorName").asText().equals("Wilma Weber")
                        && review.path("text").asText().equals(text)
                        && review.path("orderReference").asText().equals(order),
                "the ticket shows stars, title, author, text and order",
                review);
        unless(
                ticket.path("teamId").asText().equals(DemoPlaces.REVIEW_DESK),
                "the Review Desk is responsible",
                ticket.path("teamId"));
        unless(
                ticket.path("priority").asText().equals("HIGH"),
                "the criterion's priority holds",
                ticket.path("priority"));
        return ticket;
    }

    private JsonNode answer(String ticketPath) {
        JsonNode reply = lena.submitAsSolved(ticketPath, REPLY);
        JsonNode ticket = lena.get(ticketPath).expecting(200).json();
        unless(
                ticket.path("stage").path("category").asText().equals("SOLVED"),
                "the ticket is solved",
                ticket.path("stage"));
        return reply;
    }
}
