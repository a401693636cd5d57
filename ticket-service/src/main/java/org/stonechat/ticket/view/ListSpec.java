package org.stonechat.ticket.view;

import java.util.List;

/// A list of tickets as it is read: section after section, each in its order.
///
/// @param mine     only what is assigned to whoever looks; otherwise all he sees
/// @param filter   conditions over the alias `t`, each with `and` before it
/// @param sections the groups of the list, or the one it is
/// @param counted  all of its groups as one, as it is counted
record ListSpec(boolean mine, Sql filter, List<Section> sections, Section counted) {

    static final String OPEN = "t.stage_category not in ('SOLVED', 'CLOSED')";

    /// @param condition over the alias `t`, with `and` before it
    record Section(Sql condition, ListOrder order) {}

    static ListSpec plain(boolean mine, Sql filter, ListOrder order) {
        Section all = new Section(new Sql(), order);
        return new ListSpec(mine, filter, List.of(all), all);
    }

    ListSpec and(Sql more) {
        return new ListSpec(mine, new Sql().add(filter).add(more), sections, counted);
    }

    /// Whether nothing that is solved or closed can be among them.
    boolean asksForOpen() {
        return filter.toString().contains(OPEN);
    }

    /// Whether tickets that nobody has can be among them.
    boolean asksForUnassigned() {
        return filter.toString().contains("t.assignee_id is null");
    }
}
