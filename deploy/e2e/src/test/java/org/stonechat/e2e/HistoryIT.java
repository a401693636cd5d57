package org.stonechat.e2e;

import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Desk;
import org.stonechat.testing.Proves;

import static org.assertj.core.api.Assertions.assertThat;

/// The history of a ticket says whose doing each change was, across the services that were part of it.
@Order(2)
@ExtendWith(SharedPlatform.class)
class HistoryIT {

    @Test
    @Proves("T-11")
    void shouldSayThatAMailBeganIt(SharedPlatform.Running running) {
        UUID ticket = running.mail().ticketId();

        assertThat(history(running, ticket))
                .startsWith("TicketCreated MAIL")
                .contains("TicketAssigned AGENT", "StageChanged AGENT", "StageChanged MAIL", "MessageAdded CUSTOMER");
    }

    @Test
    @Proves({"T-11", "R-4"})
    void shouldSayThatAReviewBeganIt(SharedPlatform.Running running) {
        UUID ticket = running.review().ticketId();

        assertThat(history(running, ticket)).startsWith("TicketCreated REVIEW").contains("StageChanged AGENT");
    }

    /// Each change with the kind of who made it, the oldest first.
    private static List<String> history(SharedPlatform.Running running, UUID ticket) {
        Desk ada = Desk.of(running.doors(), "ada");
        return StreamSupport.stream(
                        ada.items("tickets/" + ticket + "/history?limit=200").spliterator(), false)
                .map(entry -> entry.path("type").asText() + " "
                        + entry.path("actor").path("kind").asText())
                .toList();
    }
}
