package org.stonechat.ticket.view;

import java.util.List;

/// A list of tickets as it is read: section after section, each in its order.
///
/// @param mine     only what is assigned to whoever looks; otherwise all he sees
/// @param filter   conditions over the alias `t`, each with `and` before it
/// @param sections the groups of the list, or the one it is
record ListSpec(boolean mine, Sql filter, List<Section> sections) {

    static final String OPEN = "t.stage_category not in ('SOLVED', 'CLOSED')";

    /// @param condition over the alias `t`, with `and` before it
    record Section(Sql condition, ListOrder order) {}

    static ListSpec plain(boolean mine, Sql filter, ListOrder order) {
        return new ListSpec(mine, filter, List.of(new Section(new Sql(), order)));
    }

    ListSpec and(Sql more) {
        return new ListSpec(mine, new Sql().add(filter).add(more), sections);
    }

    /// Whether tickets that nobody has can be among them.
    boolean asksForUnassigned() {
        return filter.toString().contains("t.assignee_id is null");
    }
}
