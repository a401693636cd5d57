package org.stonechat.review.tickets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stonechat.testing.contract.Contracts;

import static org.assertj.core.api.Assertions.assertThat;

/// What this service reads of tickets, held against what the ticket service promises to publish.
class ContractTest {

    @ParameterizedTest
    @ValueSource(strings = {"TicketCreated", "TicketAssigned", "TicketReferred", "MessageAdded"})
    void shouldReadTheStandingFacts(String type) {
        TicketEvents.Ticket ticket =
                Contracts.example("tickets", type).received().dataAs(TicketEvents.Ticket.class);

        assertThat(ticket.ticketId()).isNotNull();
        assertThat(ticket.departmentId()).isNotNull();
    }

    @Test
    void shouldReadTheReviewOfATicket() {
        TicketEvents.Ticket ticket = Contracts.example("tickets", "TicketCreated", "review")
                .received()
                .dataAs(TicketEvents.Ticket.class);

        assertThat(ticket.reviewId()).isNotNull();
    }

    @Test
    void shouldReadAnAnswerToAReview() {
        var answer = Contracts.example("tickets", "MessageAdded", "review").received();
        TicketEvents.Message message = answer.dataAs(TicketEvents.Message.class);

        assertThat(message.messageId()).isNotNull();
        assertThat(answer.data().path("deliverVia").asText()).isEqualTo("REVIEW");
        assertThat(message.mailCopy()).isTrue();
        assertThat(answer.personalAs(TicketEvents.MessageText.class).bodyText()).isNotBlank();
    }

    @Test
    void shouldReadAnErasedAnswerAsOneWithoutText() {
        var erased =
                Contracts.example("tickets", "MessageAdded", "review").erased().received();

        assertThat(erased.personalAs(TicketEvents.MessageText.class).bodyText()).isNull();
    }

    @Test
    void shouldReadARefusal() {
        TicketEvents.Refusal refusal =
                Contracts.example("tickets", "ReviewTicketRefused").received().dataAs(TicketEvents.Refusal.class);

        assertThat(refusal.reviewId()).isNotNull();
        assertThat(refusal.reason()).isNotBlank();
    }
}
