package org.stonechat.review.polling;

import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stonechat.review.FakePlatform.NOON;

/// What brings a review's ticket back is for the connection to say.
@QuarkusTest
@WithRealParts
class ReopeningIT {

    private TestDesk desk;
    private EventCollector events;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        events = EventCollector.on("reviews");
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
    }

    @AfterEach
    void close() {
        events.close();
        desk.close();
    }

    @Test
    @Proves("R-2")
    void shouldBringTheTicketBackAfterAnEditAloneUnlessToldOtherwise() {
        desk.connect();
        UUID review = desk.awaitReview("rev-1");
        desk.platform.edit("rev-1", "They called me. Still late.", NOON.plusSeconds(3600));
        assertThat(reopens("ReviewRevised", review)).isTrue();
        desk.platform.change("rev-1", item -> item.putObject("reply").put("comment", "Answered over there"));
        assertThat(reopens("ReviewAnsweredElsewhere", review)).isFalse();
        desk.platform.change("rev-1", item -> item.put("state", "DISCARDED"));
        assertThat(reopens("ReviewWithdrawn", review)).isFalse();
    }

    @Test
    @Proves("R-2")
    void shouldBringTheTicketBackAfterWhatTheConnectionNames() {
        ObjectNode request = desk.connectionRequest();
        ArrayNode reopenOn = request.putArray("reopenOn");
        reopenOn.add("WITHDRAWN").add("ANSWERED_ELSEWHERE");
        desk.put(request).then().statusCode(201);
        UUID review = desk.awaitReview("rev-1");
        desk.platform.edit("rev-1", "They called me. Still late.", NOON.plusSeconds(3600));
        assertThat(reopens("ReviewRevised", review)).isFalse();
        desk.platform.change("rev-1", item -> item.putObject("reply").put("comment", "Answered over there"));
        assertThat(reopens("ReviewAnsweredElsewhere", review)).isTrue();
        desk.platform.change("rev-1", item -> item.put("state", "DISCARDED"));
        assertThat(reopens("ReviewWithdrawn", review)).isTrue();
    }

    private boolean reopens(String type, UUID review) {
        return events.awaitType(type, review).data().required("reopen").asBoolean();
    }
}
