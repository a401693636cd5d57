package org.stonechat.ticket.rating;

import java.time.Duration;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class RatingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    @Proves("S-4")
    void shouldShowTheRatingOnTheTicketAndInTheConversation() {
        World.setUp();
        String id = openTicket(alice(), NORTHWIND, "rating@customers.example");
        UUID rating = Uuid7.next();
        try (EventSender sender = EventSender.open()) {
            send(sender, "RatingGiven", rating, 2, id);
            awaitRating(id, "SATISFIED");
            alice().get("/api/v1/tickets/{id}/messages", id)
                    .then()
                    .body("items", hasSize(2))
                    .body("items[1].kind", equalTo("NOTE"))
                    .body("items[1].bodyText", containsString("satisfied"))
                    .body("items[1].bodyText", containsString("Snel en vriendelijk"));

            send(sender, "RatingChanged", rating, 3, id);
            awaitRating(id, "OKAY");
            send(sender, "RatingGiven", rating, 2, id);
            UUID other = Uuid7.next();
            String second = openTicket(alice(), NORTHWIND, "rating2@customers.example");
            send(sender, "RatingGiven", other, 2, second);
            awaitRating(second, "SATISFIED");
            alice().get("/api/v1/tickets/{id}/messages", id).then().body("items", hasSize(3));
            alice().get("/api/v1/tickets?view=all-open&limit=200")
                    .then()
                    .body("items.find { it.id == '" + id + "' }.rating", equalTo("OKAY"));
        }
    }

    private static void send(EventSender sender, String type, UUID rating, int sequence, String ticket) {
        ObjectNode data = Contracts.example("ratings", type).data().deepCopy();
        data.put("ratingId", rating.toString())
                .put("requestId", rating.toString())
                .put("ticketId", ticket);
        sender.send(
                "ratings",
                type,
                rating,
                sequence,
                data,
                Contracts.example("ratings", type).personal());
    }

    private static void awaitRating(String id, String face) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> alice().get("/api/v1/tickets/{id}", id).then().body("rating.face", equalTo(face)));
    }
}
