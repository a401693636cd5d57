package org.stonechat.ticket.review;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.stonechat.ticket.World.lena;

/// Who names a way to the customer on a review's ticket writes to the customer alone.
@QuarkusTest
@WithRealParts
class PrivateReplyIT {

    private RoutedTicket ticket;

    @BeforeEach
    void open() {
        World.setUp();
        ticket = new RoutedTicket();
    }

    @AfterEach
    void close() {
        ticket.close();
    }

    @Test
    @Proves({"T-8", "R-5"})
    void shouldMailAPrivateReplyAndPublishItNowhere() {
        isMailedAlone(true);
    }

    @Test
    @Proves({"T-8", "R-5"})
    void shouldMailAPrivateReplyThatSolvesNothing() {
        isMailedAlone(false);
    }

    private void isMailedAlone(boolean solve) {
        String id = ticket.route();

        String reply = ticket.answer(Map.of("channel", "MAIL", "solve", solve));

        assertThat(ticket.message(reply).getString("deliverVia")).isEqualTo("MAIL");
        assertThat(ticket.message(reply).getString("delivery")).isEqualTo("QUEUED");
        assertThat(ticket.message(reply).getBoolean("mailCopy")).isFalse();
        EventCollector.Published added = ticket.tickets.await(
                "the reply",
                event -> "MessageAdded".equals(event.type())
                        && reply.equals(event.data().path("messageId").asText()));
        assertThat(added.data().path("deliverVia").asText()).isEqualTo("MAIL");
        assertThat(added.personal().at("/recipients/to/0/address").asText()).isEqualTo("petra@customers.example");
        assertThat(added.personal().at("/recipients/cc")).isEmpty();
        assertThat(ticket.view().getString("stage.category")).isEqualTo(solve ? "SOLVED" : "OPEN");
        assertThat(ticket.view().getBoolean("review.canReply")).isTrue();
        assertThat(ticket.view().getString("id")).isEqualTo(id);

        String published = ticket.answer(Map.of("basedOnMessageId", reply));
        assertThat(ticket.message(published).getString("deliverVia")).isEqualTo("REVIEW");
    }

    @Test
    @Proves("R-5")
    void shouldSayHowAReviewersWithoutAnAddressCanBeAnswered() {
        UUID department = World.newDepartment(Map.of());
        String id = ticket.routeTo(department, routed -> routed.personal().putNull("authorEmail"));
        Tokens lead = Tokens.of("lead" + department).role("lead").department(department);

        for (String channel : List.of("MAIL", "PORTAL", "CHANNEL")) {
            World.as(lead)
                    .body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Sorry.", "channel", channel))
                    .post("/api/v1/tickets/{id}/messages", id)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("channel-impossible"))
                    .body("possible", empty());
        }
        World.as(lead).get("/api/v1/tickets/{id}/messages", id).then().body("items.kind", contains("CUSTOMER"));
        lena().get("/api/v1/tickets/{id}", id).then().statusCode(404);
    }
}
