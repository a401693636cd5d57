package org.stonechat.ticket.department;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stonechat.ticket.department.StageCategory.CLOSED;
import static org.stonechat.ticket.department.StageCategory.NEW;
import static org.stonechat.ticket.department.StageCategory.ON_HOLD;
import static org.stonechat.ticket.department.StageCategory.OPEN;
import static org.stonechat.ticket.department.StageCategory.PENDING;
import static org.stonechat.ticket.department.StageCategory.SOLVED;

class StageCategoryTest {

    /// The table in the README, once more.
    private static final Map<StageCategory, Set<StageCategory>> TABLE = Map.of(
            NEW, Set.of(OPEN, PENDING, ON_HOLD, SOLVED, CLOSED),
            OPEN, Set.of(PENDING, ON_HOLD, SOLVED, CLOSED),
            PENDING, Set.of(OPEN, ON_HOLD, SOLVED, CLOSED),
            ON_HOLD, Set.of(OPEN, PENDING, SOLVED, CLOSED),
            SOLVED, Set.of(OPEN, PENDING, ON_HOLD, CLOSED),
            CLOSED, Set.of(OPEN));

    @Test
    void shouldAllowExactlyTheTransitionsOfTheTable() {
        for (StageCategory from : StageCategory.values()) {
            for (StageCategory to : StageCategory.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s → %s", from, to)
                        .isEqualTo(from == to || TABLE.get(from).contains(to));
            }
        }
    }

    @Test
    void shouldNeverReturnToNew() {
        assertThat(Arrays.stream(StageCategory.values())
                        .filter(from -> from.successors().contains(NEW)))
                .isEmpty();
    }

    @Test
    void shouldFoldWhatIsDone() {
        assertThat(Arrays.stream(StageCategory.values()).filter(StageCategory::folded))
                .containsExactly(SOLVED, CLOSED);
    }

    @Test
    void shouldReopenOnACustomersMessageWhatWaitsOrIsSolved() {
        assertThat(Arrays.stream(StageCategory.values()).filter(StageCategory::reopensOnCustomerMessage))
                .containsExactly(PENDING, ON_HOLD, SOLVED);
    }
}
