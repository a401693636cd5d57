package org.stonechat.ticket.view;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.field.CustomField;
import org.stonechat.ticket.field.FieldKind;
import org.stonechat.ticket.field.FieldRepository;

/// Puts filters into SQL over the alias `t` of a ticket.
@ApplicationScoped
public class FilterSql {

    private static final int MOST_DIGITS = 30;
    /// The index and the statistics of values have the beginnings of texts.
    private static final int INDEXED = 100;
    private static final String BEGINNING = "left(v.text_value, " + INDEXED + ")";

    private final FieldRepository fields;
    private final InstantSource clock;

    FilterSql(FieldRepository fields, InstantSource clock) {
        this.fields = fields;
        this.clock = clock;
    }

    /// @param me who looks
    /// @return conditions, each with `and` before it; empty when nothing is filtered
    /// @throws ProblemException 400 for a field that does not exist or a value it cannot have
    public Sql of(TicketFilter filter, UUID me) {
        Sql sql = new Sql();
        ids(sql, "t.department_id", filter.departmentIds());
        ids(sql, "t.team_id", filter.teamIds());
        ids(sql, "t.queue_id", filter.queueIds());
        ids(sql, "t.assignee_id", filter.assigneeIds());
        ids(sql, "t.stage_id", filter.stageIds());
        ids(sql, "t.type_id", filter.typeIds());
        if (filter.mine() != null) {
            sql.add(filter.mine() ? " and t.assignee_id = ?" : " and t.assignee_id is distinct from ?", me);
        }
        if (filter.unassigned() != null) {
            sql.add(filter.unassigned() ? " and t.assignee_id is null" : " and t.assignee_id is not null");
        }
        if (filter.open() != null) {
            sql.add(filter.open() ? " and " + ListSpec.OPEN : " and t.folded_at is not null");
        }
        names(sql, "t.stage_category", filter.stageCategories());
        names(sql, "t.priority", filter.priorities());
        names(sql, "t.channel", filter.channels());
        names(sql, "t.face", filter.ratings());
        texts(sql, "t.category", filter.categories());
        texts(sql, "t.language", filter.languages());
        if (filter.tags() != null && !filter.tags().isEmpty()) {
            sql.add(" and t.tags && ?", (Object) filter.tags().toArray(String[]::new));
        }
        if (filter.stars() != null && !filter.stars().isEmpty()) {
            sql.add(" and t.stars = any(?)", (Object) filter.stars().toArray(Integer[]::new));
        }
        if (filter.escalated() != null) {
            sql.add(filter.escalated() ? " and t.escalated" : " and not t.escalated");
        }
        if (filter.contactId() != null) {
            sql.add(" and t.contact_id = ?", filter.contactId());
        }
        times(sql, filter);
        if (filter.fields() != null) {
            filter.fields().forEach(field -> field(sql, field));
        }
        return sql;
    }

    private void times(Sql sql, TicketFilter filter) {
        if (filter.createdFrom() != null) {
            sql.add(" and t.created_at >= ?", filter.createdFrom().atOffset(ZoneOffset.UTC));
        }
        if (filter.createdTo() != null) {
            sql.add(" and t.created_at < ?", filter.createdTo().atOffset(ZoneOffset.UTC));
        }
        if (filter.dueBefore() != null) {
            sql.add(" and t.due_at < ?", filter.dueBefore().atOffset(ZoneOffset.UTC));
        }
        if (filter.waitingFor() != null) {
            sql.add(
                    " and t.waiting_since <= ?",
                    clock.instant().minus(filter.waitingFor()).atOffset(ZoneOffset.UTC));
        }
    }

    private void field(Sql sql, TicketFilter.FieldFilter filter) {
        CustomField field = fields.byCode(filter.field())
                .orElseThrow(() -> ProblemException.invalid("/fields", "There is no field " + filter.field() + "."));
        sql.add(" and t.id in (select v.ticket_id from ticket_field v where v.field_id = ?", field.id());
        boolean number = field.kind() == FieldKind.NUMBER;
        if (filter.values() != null) {
            List<Sql> each = new ArrayList<>();
            for (String value : filter.values()) {
                each.add(number ? Sql.of("v.number_value = ?", number(value)) : text(value));
            }
            sql.add(" and (").add(Sql.joined(each, " or ")).add(")");
        }
        String bounded = number ? " and v.number_value" : " and v.number_value = 0 and " + BEGINNING;
        if (filter.from() != null) {
            sql.add(bounded + " >= ?", bound(field, filter.from()));
        }
        if (filter.to() != null) {
            sql.add(bounded + " <= ?", bound(field, filter.to()));
        }
        sql.add(")");
    }

    /// What is shorter than the beginning is all of a text. To compare it twice would have the planner take what is
    /// common to be rare, and look up every ticket that has it for a page of fifty.
    private static Sql text(String value) {
        Sql sql = Sql.of("(v.number_value = 0 and " + BEGINNING + " = left(?, " + INDEXED + ")", value);
        return value.length() < INDEXED ? sql.add(")") : sql.add(" and v.text_value = ?)", value);
    }

    private static Object bound(CustomField field, String bound) {
        return switch (field.kind()) {
            case NUMBER -> number(bound);
            case DATE -> day(bound);
            case TEXT, CHOICE, MULTI_CHOICE, CHECKBOX ->
                throw ProblemException.invalid("/fields", field.label() + " has no order to give a range of.");
        };
    }

    private static BigDecimal number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            throw ProblemException.invalid("/fields", "It must be compared with a number.");
        }
        throw ProblemException.invalid("/fields", "The number has too many digits.");
    }

    private static String day(String text) {
        try {
            return LocalDate.parse(text).toString();
        } catch (DateTimeException malformed) {
            throw ProblemException.invalid("/fields", "It must be compared with a day such as 2026-03-31.");
        }
    }

    private static void ids(Sql sql, String column, @Nullable Set<UUID> ids) {
        if (ids != null && !ids.isEmpty()) {
            if (ids.size() == 1) {
                sql.add(" and " + column + " = ?", ids.iterator().next());
            } else {
                sql.add(" and " + column + " = any(?)", (Object) ids.toArray(UUID[]::new));
            }
        }
    }

    private static void names(Sql sql, String column, @Nullable Set<? extends Enum<?>> values) {
        texts(
                sql,
                column,
                values == null ? null : values.stream().map(Enum::name).toList());
    }

    private static void texts(Sql sql, String column, @Nullable Collection<String> values) {
        if (values != null && !values.isEmpty()) {
            sql.add(" and " + column + " = any(?)", (Object) values.toArray(String[]::new));
        }
    }
}
