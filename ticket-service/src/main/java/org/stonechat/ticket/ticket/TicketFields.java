package org.stonechat.ticket.ticket;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.FieldError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.event.FieldsChanged;
import org.stonechat.ticket.field.FieldValues;
import org.stonechat.ticket.field.Forms;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// The custom fields of tickets: entered as their department allows, complete before a ticket is solved.
@ApplicationScoped
public class TicketFields implements SolveCheck {

    private final Forms forms;
    private final FieldValues values;

    TicketFields(Forms forms, FieldValues values) {
        this.forms = forms;
        this.values = values;
    }

    /// Writes the values of a merge patch.
    ///
    /// @return the event, or empty when nothing is different
    Optional<FieldsChanged> enter(Ticket ticket, ObjectNode patch) {
        return values.enter(ticket.id(), ticket.departmentId(), patch)
                .map(change -> ticket.fieldsEntered(change.from(), change.to()));
    }

    /// A field of the ticket's form with what stands in it.
    ///
    /// @param required whether the ticket can be solved without it, as things stand
    record Entry(Forms.Asked asked, boolean required, boolean missing) {}

    /// The form of the ticket as it stands.
    List<Entry> form(Ticket ticket) {
        List<Forms.Asked> asked = forms.of(ticket.departmentId(), ticket.typeId());
        if (asked.isEmpty()) {
            return List.of();
        }
        Map<String, Set<String>> entered = values.texts(ticket.id());
        Map<String, Set<String>> properties = properties(ticket);
        entered.forEach((code, texts) -> properties.put("fields." + code, texts));
        return asked.stream()
                .map(field -> {
                    boolean required = Forms.required(field.item(), properties);
                    return new Entry(
                            field,
                            required,
                            required && !entered.containsKey(field.field().code()));
                })
                .toList();
    }

    private static Map<String, Set<String>> properties(Ticket ticket) {
        Map<String, Set<String>> properties = new HashMap<>();
        properties.put("priority", Set.of(ticket.priority().name()));
        properties.put("channel", Set.of(ticket.channel().name()));
        properties.put("category", Set.of(ticket.category()));
        properties.put("tags", Set.copyOf(ticket.tags()));
        properties.put("escalated", Set.of(Boolean.toString(ticket.isEscalated())));
        if (ticket.typeId() != null) {
            properties.put("typeId", Set.of(ticket.typeId().toString()));
        }
        return properties;
    }

    @Override
    public void check(Ticket ticket, Department department) {
        List<FieldError> missing = form(ticket).stream()
                .filter(Entry::missing)
                .map(entry -> new FieldError(
                        "/fields/" + entry.asked().field().code(),
                        entry.asked().field().label() + " is required before solving"))
                .toList();
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    TicketError.FIELDS_MISSING, "Fill in what the form requires first.", missing, Map.of());
        }
    }
}
