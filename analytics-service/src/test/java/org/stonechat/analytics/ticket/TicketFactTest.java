package org.stonechat.analytics.ticket;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.analytics.ticket.TicketFact.Kind;
import org.stonechat.analytics.ticket.TicketFact.Occurrence;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// What the golden examples of `tickets` are counted as.
class TicketFactTest {

    private static final UUID ALICE = UUID.fromString("0197a000-0000-7000-8000-000000000101");
    private static final UUID NORTHWIND = UUID.fromString("0197a000-0000-7000-8000-000000000001");

    private final ReceivedEvent created =
            Contracts.example("tickets", "TicketCreated").received();
    private final TicketFact fact = new TicketFact(created.dataAs(TicketFact.Standing.class));

    @Test
    void shouldCountACreationInItsDepartmentAndChannel() {
        assertThat(fact.apply(created)).singleElement().satisfies(occurrence -> {
            assertThat(occurrence.kind()).isEqualTo(Kind.CREATED);
            assertThat(occurrence.ticketId()).isEqualTo(created.subject());
            assertThat(occurrence.departmentId()).isEqualTo(NORTHWIND);
            assertThat(occurrence.channel()).isEqualTo("MAIL");
            assertThat(occurrence.occurredAt()).isEqualTo(Instant.parse("2026-03-02T08:12:41.006Z"));
        });
    }

    @Test
    void shouldTimeTheFirstPublicReplyAndNoLaterOne() {
        fact.apply(created);

        assertThat(fact.apply(
                        Contracts.example("tickets", "MessageAdded", "comment").received()))
                .isEmpty();
        assertThat(fact.apply(Contracts.example("tickets", "MessageAdded").received()))
                .singleElement()
                .satisfies(occurrence -> {
                    assertThat(occurrence.kind()).isEqualTo(Kind.FIRST_REPLY);
                    assertThat(occurrence.agentId()).isEqualTo(ALICE);
                    assertThat(occurrence.seconds()).isCloseTo(3030.396, within(0.001));
                });
        assertThat(fact.apply(Contracts.example("tickets", "MessageAdded").received()))
                .isEmpty();
    }

    @Test
    void shouldCountSolvingAndReopening() {
        fact.apply(created);

        assertThat(fact.apply(Contracts.example("tickets", "StageChanged").received()))
                .singleElement()
                .satisfies(occurrence -> {
                    assertThat(occurrence.kind()).isEqualTo(Kind.SOLVED);
                    assertThat(occurrence.agentId()).isEqualTo(ALICE);
                    assertThat(occurrence.oneTouch()).isTrue();
                });
        assertThat(fact.solvedTimes).isEqualTo(1);
        assertThat(fact.apply(
                        Contracts.example("tickets", "StageChanged", "reopened").received()))
                .extracting(Occurrence::kind)
                .containsExactly(Kind.REOPENED);
        assertThat(fact.solvedAt).isNull();
        assertThat(fact.reopenedTimes).isEqualTo(1);
    }

    @Test
    void shouldReadTheStandingOfEveryEventOfATicket() {
        List<GoldenExample> examples = Contracts.examples("tickets").stream()
                .filter(example -> example.data().hasNonNull("stage"))
                .toList();

        assertThat(examples).hasSizeGreaterThan(10).allSatisfy(example -> {
            TicketFact.Standing standing = example.received().dataAs(TicketFact.Standing.class);
            assertThat(standing.ticketId()).isNotNull();
            assertThat(standing.departmentId()).isNotNull();
            assertThat(standing.stage().category()).isNotBlank();
            assertThat(standing.channel()).isNotBlank();
        });
    }

    @Test
    void shouldFollowItsTicketToAnotherDepartmentWithItsClocks() {
        fact.apply(created);
        ReceivedEvent referred = Contracts.example("tickets", "TicketReferred").received();

        assertThat(fact.apply(referred)).isEmpty();

        assertThat(fact.standing.departmentId().toString())
                .isEqualTo(referred.data().path("toDepartmentId").asText());
        assertThat(fact.createdAt).isEqualTo(created.time());
    }

    @Test
    void shouldCountNothingForTheStageOfTheOtherPipeline() {
        fact.apply(created);
        GoldenExample moved = Contracts.example("tickets", "StageChanged");
        moved.data().put("why", "REFERRED");
        moved.data().withObject("/from").put("category", "NEW");
        moved.data().withObject("/to").put("category", "OPEN");

        assertThat(fact.apply(moved.received())).isEmpty();
    }

    @Test
    void shouldKnowAnAliasAndLeaveTheSurvivorItself() {
        ReceivedEvent alias =
                Contracts.example("tickets", "TicketMerged", "alias").received();
        TicketFact merged = new TicketFact(alias.dataAs(TicketFact.Standing.class));
        assertThat(merged.apply(alias)).isEmpty();
        assertThat(merged.mergedInto).isEqualTo(created.subject());
        assertThat(merged.apply(Contracts.example("tickets", "MergeUndone").received()))
                .isEmpty();
        assertThat(merged.mergedInto).isNull();

        fact.apply(created);
        fact.apply(Contracts.example("tickets", "TicketMerged").received());
        assertThat(fact.mergedInto).isNull();
    }
}
