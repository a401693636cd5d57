package org.stonechat.ticket.view;

import java.util.Arrays;
import java.util.Optional;

/// The ready-made lists. Each reads one index in its order, so it costs the same among a hundred tickets and a hundred
/// thousand.
enum View {
    MY_OPEN("my-open", "My open tickets", Lanes.MINE, Order.WAITING, "t.stage_category not in ('SOLVED', 'CLOSED')"),
    MY("my", "My tickets", Lanes.MINE, Order.WAITING, "true"),
    MY_ON_HOLD(
            "my-on-hold",
            "My tickets on hold",
            Lanes.MINE,
            Order.WAITING,
            "t.stage_category not in ('SOLVED', 'CLOSED') and t.stage_category = 'ON_HOLD'"),
    UNASSIGNED(
            "unassigned",
            "Unassigned",
            Lanes.IN_SIGHT,
            Order.WAITING,
            "t.stage_category not in ('SOLVED', 'CLOSED') and t.assignee_id is null"),
    ALL_OPEN(
            "all-open",
            "All open tickets",
            Lanes.IN_SIGHT,
            Order.WAITING,
            "t.stage_category not in ('SOLVED', 'CLOSED')"),
    ALL("all", "All tickets", Lanes.IN_SIGHT, Order.WAITING, "true"),
    // Every escalated ticket that is not folded has the urgency 0: the filter reads the top of the index only.
    ESCALATED(
            "escalated",
            "Escalated",
            Lanes.IN_SIGHT,
            Order.WAITING,
            "t.stage_category not in ('SOLVED', 'CLOSED') and t.urgency = 0 and t.escalated"),
    OVERDUE(
            "overdue",
            "Overdue",
            Lanes.IN_SIGHT,
            Order.DUE,
            "t.stage_category not in ('SOLVED', 'CLOSED') and t.due_at is not null and t.due_at < ?"),
    RECENTLY_CLOSED(
            "recently-closed", "Recently solved or closed", Lanes.IN_SIGHT, Order.FOLDED, "t.folded_at is not null");

    /// Whose tickets a view looks among.
    enum Lanes {
        MINE,
        IN_SIGHT
    }

    /// What a view is sorted by.
    enum Order {
        /// Urgent and escalated on top, then the customer's waiting time, longest first.
        WAITING("urgency, waits_from, id", "(t.urgency, t.waits_from, t.id) > (?, ?::timestamptz, ?)"),
        /// The longest overdue first.
        DUE("due_at, id", "(t.due_at, t.id) > (?::timestamptz, ?)"),
        /// The latest first.
        FOLDED("folded_at desc, id desc", "(t.folded_at, t.id) < (?::timestamptz, ?)");

        private final String columns;
        private final String after;

        Order(String columns, String after) {
            this.columns = columns;
            this.after = after;
        }

        /// For `order by`, with an optional table alias before each column.
        String by(String alias) {
            return Arrays.stream(columns.split(", "))
                    .map(column -> alias + "." + column)
                    .reduce((a, b) -> a + ", " + b)
                    .orElseThrow();
        }

        String after() {
            return after;
        }
    }

    private final String code;
    private final String label;
    private final Lanes lanes;
    private final Order order;
    private final String condition;

    View(String code, String label, Lanes lanes, Order order, String condition) {
        this.code = code;
        this.label = label;
        this.lanes = lanes;
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

    Lanes lanes() {
        return lanes;
    }

    Order order() {
        return order;
    }

    /// SQL over the alias `t`; the only parameter there may be is the present moment.
    String condition() {
        return condition;
    }

    boolean asksForNow() {
        return this == OVERDUE;
    }
}
