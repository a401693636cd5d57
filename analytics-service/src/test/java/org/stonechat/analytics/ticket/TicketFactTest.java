package org.stonechat.analytics.ticket;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import static org.assertj.core.api.Assertions.assertThat;

class TicketFactTest {

    @Test
    void shouldFollowItsTicketToAnotherDepartmentWithItsClocks() {
        ReceivedEvent created = Contracts.example("tickets", "TicketCreated").received();
        TicketFact fact = new TicketFact(created.dataAs(TicketFact.Standing.class));
        fact.apply(created);
        ReceivedEvent referred = Contracts.example("tickets", "TicketReferred").received();

        assertThat(fact.apply(referred)).isEmpty();

        assertThat(fact.standing.departmentId().toString())
                .isEqualTo(referred.data().path("toDepartmentId").asText());
        assertThat(fact.standing.teamId().toString())
                .isEqualTo(referred.data().path("teamId").asText());
        assertThat(fact.createdAt).isEqualTo(created.time());
    }

    @Test
    void shouldCountNothingForTheStageOfTheOtherPipeline() {
        ReceivedEvent created = Contracts.example("tickets", "TicketCreated").received();
        TicketFact fact = new TicketFact(created.dataAs(TicketFact.Standing.class));
        fact.apply(created);
        GoldenExample moved = Contracts.example("tickets", "StageChanged");
        moved.data().put("why", "REFERRED");
        moved.data().withObject("/from").put("category", "NEW");
        moved.data().withObject("/to").put("category", "OPEN");

        assertThat(fact.apply(moved.received())).isEmpty();
    }
}
