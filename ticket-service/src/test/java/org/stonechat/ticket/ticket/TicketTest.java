package org.stonechat.ticket.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentFixture;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.event.StageChanged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TicketTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    private final UUID agent = UUID.randomUUID();
    private final Department department = DepartmentFixture.northwind(UUID.randomUUID());
    private final Ticket ticket = aTicket();

    private Ticket aTicket() {
        return new Ticket(
                new NewTicket(
                        UUID.randomUUID(),
                        department.id(),
                        "Where is my parcel?",
                        new Contacts.Writer("Carl", "carl@customers.example", null),
                        Channel.MAIL,
                        "MAIL",
                        null,
                        null,
                        null,
                        Priority.NORMAL,
                        null,
                        NewTicket.OTHER,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null),
                10001,
                new Contacts.Known(UUID.randomUUID(), "Carl", "carl@customers.example", null, false),
                "en",
                department.initialStage(),
                NOW);
    }

    private Stage stage(StageCategory category) {
        return department.stageOf(category).orElseThrow();
    }

    private StageChanged move(StageCategory to, Instant at) {
        return ticket.move(
                department.stage(ticket.stageId()).orElseThrow(),
                stage(to),
                Ticket.Move.because(StageChanged.Why.AGENT),
                agent,
                at);
    }

    @Test
    void shouldRefuseWhatTheTableDoesNotAllow() {
        move(StageCategory.CLOSED, NOW);

        assertThatThrownBy(() -> move(StageCategory.PENDING, NOW))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.error().code()).isEqualTo("transition-illegal"));
        assertThat(ticket.stageCategory()).isEqualTo(StageCategory.CLOSED);
    }

    @Test
    void shouldRememberWhoSolvedItAndForgetWhenReopened() {
        StageChanged solved = move(StageCategory.SOLVED, NOW);

        assertThat(solved.data().resolvedBy()).isEqualTo(agent);
        assertThat(solved.data().from().category()).isEqualTo(StageCategory.NEW);
        assertThat(solved.data().to().category()).isEqualTo(StageCategory.SOLVED);
        assertThat(solved.data().ticket().stage().category()).isEqualTo(StageCategory.SOLVED);
        assertThat(ticket.solvedAt()).isEqualTo(NOW);

        StageChanged reopened = move(StageCategory.OPEN, NOW.plusSeconds(60));

        assertThat(reopened.data().resolvedBy()).isNull();
        assertThat(ticket.solvedAt()).isNull();
        assertThat(ticket.resolvedBy()).isNull();
    }

    @Test
    void shouldKeepWhoSolvedItWhenTimeClosesIt() {
        move(StageCategory.SOLVED, NOW);

        StageChanged closed = ticket.move(
                stage(StageCategory.SOLVED),
                stage(StageCategory.CLOSED),
                Ticket.Move.because(StageChanged.Why.AUTO_CLOSE),
                null,
                NOW.plus(Duration.ofHours(96)));

        assertThat(closed.data().resolvedBy()).isEqualTo(agent);
        assertThat(ticket.solvedAt()).isEqualTo(NOW);
    }

    @Test
    void shouldTakeACustomersMessageUntilTheWindowHasPassed() {
        move(StageCategory.CLOSED, NOW);
        Duration window = Duration.ofDays(14);

        assertThat(ticket.takesCustomerMessage(NOW.plus(window).minusSeconds(1), window))
                .isTrue();
        assertThat(ticket.takesCustomerMessage(NOW.plus(window), window)).isFalse();
        assertThat(ticket.takesCustomerMessage(NOW, Duration.ZERO)).isFalse();
    }

    @Test
    void shouldReopenOnACustomersMessageOnlyWhatWaitsOrIsDone() {
        assertThat(ticket.reopensOnCustomerMessage(NOW, Duration.ZERO)).isFalse();
        move(StageCategory.PENDING, NOW);
        assertThat(ticket.reopensOnCustomerMessage(NOW, Duration.ZERO)).isTrue();
        move(StageCategory.CLOSED, NOW);
        assertThat(ticket.reopensOnCustomerMessage(NOW, Duration.ZERO)).isFalse();
        assertThat(ticket.reopensOnCustomerMessage(NOW, Duration.ofDays(1))).isTrue();
    }

    @Test
    void shouldCountTheWaitingFromTheFirstUnansweredMessage() {
        ticket.customerWaits(NOW);
        ticket.customerWaits(NOW.plusSeconds(60));
        assertThat(ticket.waitingSince()).isEqualTo(NOW);

        ticket.customerAnswered();
        assertThat(ticket.waitingSince()).isNull();

        ticket.customerWaits(NOW.plusSeconds(120));
        move(StageCategory.SOLVED, NOW.plusSeconds(180));
        assertThat(ticket.waitingSince()).isNull();
    }

    @Test
    void shouldTellNothingWhenNothingChanges() {
        assertThat(ticket.prioritise(Priority.NORMAL)).isEmpty();
        assertThat(ticket.tag(List.of())).isEmpty();
        assertThat(ticket.rename("Where is my parcel?")).isEmpty();
        assertThat(ticket.escalate(false)).isEmpty();
        assertThat(ticket.expectBy(null)).isEmpty();
        assertThat(ticket.assign(null, null)).isEmpty();
        assertThat(ticket.version()).isEqualTo(1);
    }

    @Test
    void shouldMoveTheVersionWithPropertiesAndNotWithMessages() {
        ticket.takePosition();
        ticket.customerWaits(NOW);
        assertThat(ticket.version()).isEqualTo(1);

        ticket.prioritise(Priority.URGENT);
        ticket.assign(agent, null);
        assertThat(ticket.version()).isEqualTo(3);
    }

    @Test
    void shouldLeaveTheOpeningPlaceFreeWhenItIsOpenedWithoutAMessage() {
        assertThat(ticket.takePosition()).isEqualTo(1);
        assertThat(ticket.takePosition()).isEqualTo(2);
    }
}
