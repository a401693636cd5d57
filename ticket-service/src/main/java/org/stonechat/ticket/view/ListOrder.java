package org.stonechat.ticket.view;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;

/// What a list is sorted by: keys that are never null, the ticket's id last, all in one direction, so that
/// the place after a row is one comparison an index can answer.
///
/// @param field the custom field the list is sorted by, or null
record ListOrder(
        List<Key> keys, boolean descending, @Nullable UUID field) {

    record Key(String expression, String type) {}

    private static final Key ID = new Key("t.id", "uuid");

    /// Urgent and escalated on top, then the customer's waiting time, longest first.
    static final ListOrder WAITING = ascending(new Key("t.urgency", "int"), new Key("t.waits_from", "timestamptz"));
    /// The longest overdue first; what has no due date comes last.
    static final ListOrder DUE = ascending(new Key("coalesce(t.due_at, timestamptz 'infinity')", "timestamptz"));
    /// Overdue ones only: what has no due date is not among them.
    static final ListOrder OVERDUE = ascending(new Key("t.due_at", "timestamptz"));
    static final ListOrder OLDEST = ascending(new Key("t.created_at", "timestamptz"));
    static final ListOrder NEWEST = descending(new Key("t.created_at", "timestamptz"));
    /// Solved or closed ones only, the latest first.
    static final ListOrder FOLDED = descending(new Key("t.folded_at", "timestamptz"));
    /// Reviews only, the worst first.
    static final ListOrder STARS =
            ascending(new Key("t.stars", "int"), new Key("t.urgency", "int"), new Key("t.waits_from", "timestamptz"));

    private static ListOrder ascending(Key... keys) {
        return new ListOrder(withId(keys), false, null);
    }

    private static ListOrder descending(Key... keys) {
        return new ListOrder(withId(keys), true, null);
    }

    private static List<Key> withId(Key... keys) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(keys), java.util.stream.Stream.of(ID))
                .toList();
    }

    static ListOrder byField(UUID field, boolean descending) {
        return new ListOrder(
                List.of(
                        new Key("f.number_value", "numeric"),
                        new Key("left(f.text_value, 100)", "text"),
                        new Key("f.ticket_id", "uuid")),
                descending,
                field);
    }

    /// The ticket, or the value it is sorted by with the ticket beside it.
    Sql from() {
        return field == null
                ? Sql.of(" from ticket t where ")
                : Sql.of(
                        " from ticket_field f join ticket t on t.id = f.ticket_id where f.field_id = ? and f.place = 0 and ",
                        field);
    }

    /// The keys as columns `k0`, `k1` ….
    String columns() {
        return IntStream.range(0, keys.size())
                .mapToObj(index -> keys.get(index).expression() + " as k" + index)
                .collect(Collectors.joining(", "));
    }

    String names() {
        return IntStream.range(0, keys.size()).mapToObj(index -> "k" + index).collect(Collectors.joining(", "));
    }

    String by() {
        return keys.stream()
                .map(key -> key.expression() + (descending ? " desc" : ""))
                .collect(Collectors.joining(", "));
    }

    String byNames(String alias) {
        return IntStream.range(0, keys.size())
                .mapToObj(index -> alias + ".k" + index + (descending ? " desc" : ""))
                .collect(Collectors.joining(", "));
    }

    /// @param offset where the keys begin in the cursor
    Sql after(Cursor cursor, int offset) {
        Sql sql = Sql.of(" and (" + keys.stream().map(Key::expression).collect(Collectors.joining(", ")) + ")"
                + (descending ? " < (" : " > ("));
        for (int index = 0; index < keys.size(); index++) {
            sql.add(
                    (index == 0 ? "" : ", ") + "cast(? as " + keys.get(index).type() + ")",
                    cursor.text(offset + index));
        }
        return sql.add(")");
    }
}
