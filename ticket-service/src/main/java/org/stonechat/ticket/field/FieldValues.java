package org.stonechat.ticket.field;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.FieldError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What tickets have in their custom fields.
@ApplicationScoped
public class FieldValues {

    private static final Pattern CODE = Pattern.compile("[a-z][a-zA-Z0-9]{0,49}");
    private static final int MOST_FIELDS = 500;
    private static final int LONGEST_TEXT = 5000;
    private static final int MOST_DIGITS = 30;

    private static final String SELECT = """
            select v.ticket_id, f.id, f.code, f.kind, v.number_value, v.text_value
            from ticket_field v join field f on f.id = v.field_id
            where v.ticket_id = any(?) order by f.code, v.place
            """;

    private final FieldRepository fields;
    private final DataSource dataSource;

    FieldValues(FieldRepository fields, DataSource dataSource) {
        this.fields = fields;
        this.dataSource = dataSource;
    }

    /// What was changed, for the event: `fields.<code>` with the value as text, null where there is none.
    public record Change(Map<String, @Nullable String> from, Map<String, @Nullable String> to) {}

    /// A value as it is stored: one row, or one per choice.
    private record Stored(BigDecimal number, String text) {}

    /// The values of a ticket by code: text, number, boolean, or a list of choices. Retired fields are there
    /// too.
    public Map<String, Object> of(UUID ticketId) {
        return of(List.of(ticketId)).getOrDefault(ticketId, Map.of());
    }

    /// The same for several tickets; one without values is left out.
    public Map<UUID, Map<String, Object>> of(Collection<UUID> ticketIds) {
        Map<UUID, Map<String, Object>> values = new HashMap<>();
        read(ticketIds)
                .forEach((ticket, ofTicket) -> ofTicket.values()
                        .forEach(value -> values.computeIfAbsent(ticket, key -> new TreeMap<>())
                                .put(value.code(), shown(value))));
        return values;
    }

    /// The values of a ticket by code as texts, for rules that compare them.
    public Map<String, Set<String>> texts(UUID ticketId) {
        Map<String, Set<String>> texts = new HashMap<>();
        read(List.of(ticketId))
                .getOrDefault(ticketId, Map.of())
                .values()
                .forEach(value -> texts.put(
                        value.code(),
                        value.rows().stream()
                                .map(row -> text(value.kind(), row))
                                .collect(Collectors.toSet())));
        return texts;
    }

    private record Value(UUID fieldId, String code, FieldKind kind, List<Stored> rows) {}

    private Map<UUID, Map<UUID, Value>> read(Collection<UUID> ticketIds) {
        if (ticketIds.isEmpty()) {
            return Map.of();
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            Array ids = connection.createArrayOf("uuid", ticketIds.toArray());
            select.setArray(1, ids);
            Map<UUID, Map<UUID, Value>> values = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID field = row.getObject(2, UUID.class);
                    String code = row.getString(3);
                    FieldKind kind = FieldKind.valueOf(row.getString(4));
                    values.computeIfAbsent(row.getObject(1, UUID.class), key -> new LinkedHashMap<>())
                            .computeIfAbsent(field, key -> new Value(field, code, kind, new ArrayList<>()))
                            .rows()
                            .add(new Stored(row.getBigDecimal(5), row.getString(6)));
                }
            }
            return values;
        } catch (SQLException failure) {
            throw new IllegalStateException("custom fields could not be read", failure);
        }
    }

    private static Object shown(Value value) {
        Stored first = value.rows().getFirst();
        return switch (value.kind()) {
            case TEXT, DATE, CHOICE -> first.text();
            case NUMBER -> plain(first.number());
            case CHECKBOX -> Boolean.valueOf(first.text());
            case MULTI_CHOICE -> value.rows().stream().map(Stored::text).toList();
        };
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static String text(FieldKind kind, Stored row) {
        return kind == FieldKind.NUMBER ? plain(row.number()).toPlainString() : row.text();
    }

    /// Writes the values of a merge patch: null removes one, and what is not named stays. What a ticket has
    /// already passes unchanged, even if its field or choice was retired since.
    ///
    /// @return empty when nothing is different
    /// @throws ProblemException 422 `field-value-invalid` with every value that does not fit
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Change> enter(UUID ticketId, UUID departmentId, ObjectNode patch) {
        List<String> codes = new ArrayList<>();
        patch.fieldNames().forEachRemaining(codes::add);
        Map<String, CustomField> known = new HashMap<>();
        fields.byCodes(codes.stream()
                        .filter(CODE.asMatchPredicate())
                        .limit(MOST_FIELDS)
                        .toList())
                .forEach(field -> known.put(field.code(), field));
        Map<UUID, Value> before = read(List.of(ticketId)).getOrDefault(ticketId, Map.of());
        Map<String, @Nullable String> from = new LinkedHashMap<>();
        Map<String, @Nullable String> to = new LinkedHashMap<>();
        Map<CustomField, List<Stored>> changed = new LinkedHashMap<>();
        List<FieldError> errors = new ArrayList<>();
        for (String code : codes) {
            CustomField field = known.get(code);
            Value old = field == null ? null : before.get(field.id());
            if (field == null || (old == null && !field.isOf(departmentId))) {
                errors.add(new FieldError("/fields/" + code, "is no field of this department"));
                continue;
            }
            try {
                List<Stored> next = stored(field, Objects.requireNonNull(patch.get(code)), old);
                if (!next.equals(old == null ? List.of() : old.rows())) {
                    changed.put(field, next);
                    from.put("fields." + code, old == null ? null : asText(field.kind(), old.rows()));
                    to.put("fields." + code, next.isEmpty() ? null : asText(field.kind(), next));
                }
            } catch (UnfitException unfit) {
                errors.add(new FieldError("/fields/" + code, unfit.why));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    TicketError.FIELD_VALUE_INVALID, "Some fields do not take that value.", errors, Map.of());
        }
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        write(ticketId, changed);
        return Optional.of(new Change(from, to));
    }

    private static String asText(FieldKind kind, List<Stored> rows) {
        return rows.stream().map(row -> text(kind, row)).collect(Collectors.joining(", "));
    }

    private void write(UUID ticketId, Map<CustomField, List<Stored>> changed) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(
                        "delete from ticket_field where ticket_id = ? and field_id = any(?)");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into ticket_field (ticket_id, field_id, place, number_value, text_value) values (?, ?, ?, ?, ?)")) {
            delete.setObject(1, ticketId);
            delete.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid",
                            changed.keySet().stream().map(CustomField::id).toArray()));
            delete.executeUpdate();
            for (Map.Entry<CustomField, List<Stored>> field : changed.entrySet()) {
                int place = 0;
                for (Stored row : field.getValue()) {
                    insert.setObject(1, ticketId);
                    insert.setObject(2, field.getKey().id());
                    insert.setInt(3, place++);
                    insert.setBigDecimal(4, row.number());
                    insert.setString(5, row.text());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        } catch (SQLException failure) {
            throw new IllegalStateException("custom fields of ticket " + ticketId + " could not be written", failure);
        }
    }

    /// Says why a value does not fit.
    private static final class UnfitException extends Exception {

        private final String why;

        UnfitException(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }

    private static List<Stored> stored(CustomField field, JsonNode value, @Nullable Value old) throws UnfitException {
        if (value.isNull()) {
            return List.of();
        }
        List<Stored> next = switch (field.kind()) {
            case TEXT -> text(field, value);
            case NUMBER -> number(field, value, old);
            case DATE -> date(value);
            case CHOICE -> List.of(choice(field, value, old));
            case MULTI_CHOICE -> choices(field, value, old);
            case CHECKBOX -> checkbox(value);
        };
        if (field.isRetired() && !next.equals(old == null ? List.of() : old.rows())) {
            throw new UnfitException("is retired: its value can be removed, not changed");
        }
        return next;
    }

    private static List<Stored> text(CustomField field, JsonNode value) throws UnfitException {
        if (!value.isTextual()) {
            throw new UnfitException("must be a text");
        }
        String text = value.textValue().strip();
        int longest = field.longest() == null ? LONGEST_TEXT : field.longest();
        if (text.codePointCount(0, text.length()) > longest) {
            throw new UnfitException("must be " + longest + " characters at most");
        }
        if (text.chars()
                .anyMatch(each -> Character.isISOControl(each) && each != '\n' && each != '\t' && each != '\r')) {
            throw new UnfitException("must not have control characters");
        }
        return text.isEmpty() ? List.of() : List.of(new Stored(BigDecimal.ZERO, text));
    }

    private static List<Stored> number(CustomField field, JsonNode value, @Nullable Value old) throws UnfitException {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new UnfitException("must be a number");
        }
        BigDecimal number = value.decimalValue();
        // Before anything is computed with it: 1e999999999 would fill the memory.
        if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw new UnfitException("must have " + MOST_DIGITS + " digits at most");
        }
        Stored same = old == null ? null : old.rows().getFirst();
        if (same != null && same.number().compareTo(number) == 0) {
            return List.of(same);
        }
        if (field.lowest() != null && number.compareTo(field.lowest()) < 0) {
            throw new UnfitException("must be " + field.lowest().toPlainString() + " or more");
        }
        if (field.highest() != null && number.compareTo(field.highest()) > 0) {
            throw new UnfitException("must be " + field.highest().toPlainString() + " or less");
        }
        return List.of(new Stored(plain(number), ""));
    }

    private static List<Stored> date(JsonNode value) throws UnfitException {
        try {
            LocalDate date = LocalDate.parse(value.asText());
            if (value.isTextual() && date.getYear() >= 1 && date.getYear() <= 9999) {
                return List.of(new Stored(BigDecimal.ZERO, date.toString()));
            }
        } catch (DateTimeException malformed) {
            throw new UnfitException("must be a day such as 2026-03-31");
        }
        throw new UnfitException("must be a day such as 2026-03-31");
    }

    private static Stored choice(CustomField field, JsonNode value, @Nullable Value old) throws UnfitException {
        String code = value.isTextual() ? value.textValue() : "";
        Optional<Choice> choice = field.choice(code);
        boolean had =
                old != null && old.rows().stream().anyMatch(row -> row.text().equals(code));
        if (choice.isEmpty() || (choice.get().retired() && !had)) {
            throw new UnfitException("must be one of "
                    + field.choices().stream()
                            .filter(each -> !each.retired())
                            .map(Choice::code)
                            .collect(Collectors.joining(", ")));
        }
        return new Stored(BigDecimal.ZERO, code);
    }

    private static List<Stored> choices(CustomField field, JsonNode value, @Nullable Value old) throws UnfitException {
        if (!value.isArray()) {
            throw new UnfitException("must be a list of choices");
        }
        Set<Stored> rows = new LinkedHashSet<>();
        for (JsonNode one : value) {
            rows.add(choice(field, one, old));
        }
        return rows.stream()
                .sorted(java.util.Comparator.comparing(Stored::text))
                .toList();
    }

    private static List<Stored> checkbox(JsonNode value) throws UnfitException {
        if (!value.isBoolean()) {
            throw new UnfitException("must be true or false");
        }
        return List.of(new Stored(BigDecimal.ZERO, Boolean.toString(value.booleanValue())));
    }
}
