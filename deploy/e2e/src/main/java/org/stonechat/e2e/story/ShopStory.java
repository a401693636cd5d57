package org.stonechat.e2e.story;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.ReviewShop;
import org.stonechat.e2e.client.World;

import com.fasterxml.jackson.databind.JsonNode;

import static org.stonechat.e2e.client.Disappointment.unless;

/// A shop connects its review profile, imports its past, answers, reports, and sees an edited review come back.
///
/// Each telling has a profile of its own at the platform and a connection of its own, which rests at the end. One that
/// was not told to its end rests when the next one begins.
public final class ShopStory {

    private static final String NAME = "Linden at Trusted Shops";
    private static final int PAST = 250;
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final String REPLY =
            "Liebe Frieda, das hätte nicht passieren dürfen. Der neue Schirm ist heute in die Post gegangen.";

    private final Doors doors;
    private final Storyteller tell;
    private final InstantSource clock;
    private final World world;
    private final Desk ada;
    private final Desk max;

    public ShopStory(Doors doors, Storyteller tell, InstantSource clock) {
        this.doors = doors;
        this.tell = tell;
        this.clock = clock;
        this.world = new World(doors);
        this.ada = Desk.of(doors, "ada");
        this.max = Desk.of(doors, "max");
    }

    /// What the story leaves behind.
    ///
    /// @param ticketId of the review that was answered and edited
    public record Outcome(UUID connection, UUID ticketId, UUID reviewId) {}

    /// A review with the ticket it made.
    private record Received(String externalId, String reviewId, String ticketId) {

        String ticket() {
            return "tickets/" + ticketId;
        }

        String review() {
            return "reviews/" + reviewId;
        }
    }

    public Outcome play() {
        UUID connection = UUID.randomUUID();
        String mark = connection.toString().substring(0, 8);
        Instant now = clock.instant();
        ReviewShop shop = new ReviewShop(doors, ada, DemoPlaces.LINDEN, connection, "chl-linden-" + mark);
        world.generate(Desk.body(
                "seed",
                Long.parseLong(mark, 16),
                "count",
                PAST,
                "channel",
                shop.channel(),
                "from",
                now.minus(Duration.ofDays(700)).toString(),
                "until",
                now.minus(Duration.ofDays(1)).toString()));

        tell.begin("A shop connects");
        tell.step(
                "Ada connects Linden's profile at Trusted Shops, and the test signs in",
                () -> {
                    letEarlierTellingsRest();
                    shop.connect(new ReviewShop.Reading(
                            NAME + " (" + mark + ")",
                            EVERY_SECOND,
                            now,
                            List.of(Desk.body(
                                    "name",
                                    "Up to three stars",
                                    "maxStars",
                                    3,
                                    "departmentId",
                                    DemoPlaces.LINDEN,
                                    "teamId",
                                    DemoPlaces.BRAND_CARE))));
                    JsonNode tried = ada.post(shop.path() + "/test", Desk.body())
                            .expecting(200)
                            .json();
                    unless(tried.path("ok").asBoolean(), "the platform accepts the credentials", tried);
                },
                doors.api(shop.path()));
        tell.step(
                "Its past is imported: " + PAST + " reviews, as the platform counts, no tickets",
                () -> {
                    Patience.untilTrue("the past to be read", Patience.USUAL, shop::everythingIsRead);
                    JsonNode counts = shop.reconciliation();
                    unless(
                            counts.path("missing").asInt(-1) == 0
                                    && counts.path("received").asInt() == PAST
                                    && counts.path("notTicketed").asInt() == PAST,
                            "ledger and platform agree",
                            counts);
                },
                doors.api("review-ledger/reconciliation?connectionId=" + connection));

        Received frieda = tell.step(
                "Frieda gives two stars, and Brand Care has a ticket",
                () -> received(
                        shop,
                        "Schirm schon beim ersten Wind kaputt (" + mark + ")",
                        "Nach zehn Minuten im Regen war er verbogen.",
                        "Frieda Falk",
                        2),
                review -> doors.api(review.ticket()));
        JsonNode reply = tell.step(
                "Max answers in public and solves it",
                () -> answer(frieda.ticket()),
                message -> doors.api(frieda.ticket()));
        tell.step(
                "The profile shows the answer, and Frieda got one copy of it by mail",
                () -> {
                    Patience.until(
                            "the answer on the profile",
                            () -> Optional.of(world.review(frieda.externalId()))
                                    .filter(shown -> shown.path("reply")
                                            .path("comment")
                                            .asText()
                                            .equals(REPLY)));
                    published(frieda, reply);
                    once(frieda);
                },
                doors.page("reviews/" + frieda.externalId()));

        Received troll = tell.step(
                "Somebody leaves one star and an insult",
                () -> received(shop, "Betrüger! (" + mark + ")", "Alles Betrüger, ohne Ausnahme.", "Anonymus", 1),
                review -> doors.api(review.ticket()));
        tell.step(
                "Max reports it, and the platform has a case",
                () -> {
                    max.post(
                                    troll.review() + "/report",
                                    Desk.body("reason", "ABUSIVE", "description", "Eine Beleidigung, kein Einkauf."))
                            .expecting(202);
                    report(troll, "OPEN");
                    int cases = world.review(troll.externalId()).path("vetos").size();
                    unless(cases == 1, "the platform has one case", cases);
                },
                doors.api(troll.review() + "/report"));
        tell.step(
                "The platform takes it down: the report is upheld, the ticket says so",
                () -> {
                    world.decide(troll.externalId(), true);
                    report(troll, "UPHELD");
                    Patience.until(
                            "the ticket to say that it is gone", () -> noted(troll, "no longer shows the review"));
                },
                doors.api(troll.ticket()));

        tell.step(
                "Frieda makes four stars of her two; her ticket shows them, open again",
                () -> {
                    world.editReview(
                            frieda.externalId(),
                            Desk.body("stars", 4, "comment", "Der neue Schirm hält. Und sie haben sich gekümmert."));
                    Patience.until("the edit on the ticket", () -> {
                        JsonNode ticket =
                                max.get(frieda.ticket()).expecting(200).json();
                        return Optional.of(ticket)
                                .filter(shown ->
                                        shown.path("review").path("stars").asInt() == 4
                                                && shown.path("stage")
                                                        .path("category")
                                                        .asText()
                                                        .equals("OPEN"));
                    });
                    JsonNode review = max.get(frieda.review()).expecting(200).json();
                    unless(review.path("revisions").size() == 2, "both versions are kept", review.path("revisions"));
                    once(frieda);
                },
                doors.api(frieda.review()));
        tell.step(
                "Ledger and platform agree to the last review",
                () -> {
                    JsonNode counts = shop.reconciliation();
                    unless(
                            counts.path("missing").asInt(-1) == 0
                                    && counts.path("received").asInt() == PAST + 2
                                    && counts.path("ticketed").asInt() == 2
                                    && counts.path("failed").asInt() == 0,
                            "all are there, once each",
                            counts);
                },
                doors.api("review-ledger?connectionId=" + connection));
        rest(shop);
        return new Outcome(connection, UUID.fromString(frieda.ticketId()), UUID.fromString(frieda.reviewId()));
    }

    /// Its connection polls every second: nobody needs that once the story is told.
    private void rest(ReviewShop shop) {
        ada.post(shop.path() + "/pause", Desk.body()).expecting(200);
    }

    private void letEarlierTellingsRest() {
        for (JsonNode connection : ada.items("review-connections")) {
            if (connection.path("name").asText().startsWith(NAME)
                    && !connection.path("paused").asBoolean()) {
                ada.post("review-connections/" + connection.required("id").asText() + "/pause", Desk.body())
                        .expecting(200);
            }
        }
    }

    private Received received(ReviewShop shop, String title, String text, String author, int stars) {
        String externalId = world.addReview(Desk.body(
                "stars",
                stars,
                "title",
                title,
                "comment",
                text,
                "author",
                author,
                "email",
                author.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@customers.example",
                "order",
                "LI-" + shop.connection().toString().substring(0, 8) + "-" + stars,
                "channel",
                shop.channel()));
        JsonNode review = Patience.until("the review's ticket", () -> {
            for (JsonNode imported : max.items("reviews?limit=10&connectionId=" + shop.connection())) {
                if (imported.path("externalId").asText().equals(externalId) && imported.hasNonNull("ticketId")) {
                    return Optional.of(imported);
                }
            }
            return Optional.empty();
        });
        Received received = new Received(
                externalId,
                review.required("id").asText(),
                review.required("ticketId").asText());
        JsonNode ticket = max.get(received.ticket()).expecting(200).json();
        unless(
                ticket.path("review").path("title").asText().equals(title)
                        && ticket.path("review").path("stars").asInt() == stars
                        && ticket.path("teamId").asText().equals(DemoPlaces.BRAND_CARE),
                "the ticket shows the review, and Brand Care has it",
                ticket);
        return received;
    }

    private JsonNode answer(String ticketPath) {
        return max.submitAsSolved(ticketPath, REPLY);
    }

    private void published(Received review, JsonNode reply) {
        Patience.until("the message to be published", () -> {
            for (JsonNode message : max.items(review.ticket() + "/messages")) {
                if (message.path("id").asText().equals(reply.required("id").asText())
                        && message.path("delivery").asText().equals("PUBLISHED")) {
                    return Optional.of(message);
                }
            }
            return Optional.empty();
        });
    }

    /// One answer and one mail, whatever has happened.
    private void once(Received review) {
        JsonNode shown = world.review(review.externalId());
        unless(
                shown.path("replyPosts").asInt() == 1
                        && shown.path("notificationsSent").asInt() == 1,
                "the answer was posted once and mailed once",
                shown);
    }

    private void report(Received review, String state) {
        Patience.until(
                "the report to be " + state,
                () -> Optional.of(max.items(review.review() + "/report").path(0))
                        .filter(report -> report.path("state").asText().equals(state)));
    }

    private Optional<JsonNode> noted(Received review, String words) {
        for (JsonNode message : max.items(review.ticket() + "/messages")) {
            if (message.path("bodyText").asText().contains(words)) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }
}
