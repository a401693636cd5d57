package org.stonechat.ticket.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/// The ready-made lists. Each reads one index in its order, so it costs the same among a hundred tickets and
/// a hundred thousand.
enum View {
    MY_OPEN("my-open", "My open tickets", true, ListOrder.WAITING, " and " + ListSpec.OPEN),
    MY("my", "My tickets", true, ListOrder.WAITING, ""),
    MY_ON_HOLD(
            "my-on-hold",
            "My tickets on hold",
            true,
            ListOrder.WAITING,
            " and " + ListSpec.OPEN + " and t.stage_category = 'ON_HOLD'"),
    UNASSIGNED(
            "unassigned",
            "Unassigned",
            false,
            ListOrder.WAITING,
            " and " + ListSpec.OPEN + " and t.assignee_id is null"),
    ALL_OPEN("all-open", "All open tickets", false, ListOrder.WAITING, " and " + ListSpec.OPEN),
    ALL("all", "All tickets", false, ListOrder.WAITING, ""),
    // Every escalated ticket that is not folded has the urgency 0: the filter reads the top of the index only.
    ESCALATED(
            "escalated",
            "Escalated",
            false,
            ListOrder.WAITING,
            " and " + ListSpec.OPEN + " and t.urgency = 0 and t.escalated"),
    OVERDUE(
            "overdue",
            "Overdue",
            false,
            ListOrder.OVERDUE,
            " and " + ListSpec.OPEN + " and t.due_at is not null and t.due_at < ?"),
    RECENTLY_CLOSED(
            "recently-closed", "Recently solved or closed", false, ListOrder.FOLDED, " and t.folded_at is not null");

    private final String code;
    private final String label;
    private final boolean mine;
    private final ListOrder order;
    private final String condition;

    View(String code, String label, boolean mine, ListOrder order, String condition) {
        this.code = code;
        this.label = label;
        this.mine = mine;
        this.order = order;
        this.condition = condition;
    }

    static Optional<View> of(String code) {
        return Arrays.stream(values()).filter(view -> view.code.equals(code)).findFirst();
    }

    String code() {
        return code;
    }

    String label() {
        return label;
    }

    ListSpec spec(Instant now) {
        return ListSpec.plain(
                mine, this == OVERDUE ? Sql.of(condition, now.atOffset(ZoneOffset.UTC)) : Sql.of(condition), order);
    }
}
