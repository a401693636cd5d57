package org.stonechat.ticket.writing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.ticket.Ticket;

/// Fills `{{customer.name}}` and its like. After a bar stands what is used where there is no value:
/// `{{customer.firstName|there}}`.
final class Placeholders {

    /// All there are, in the order they are told in.
    static final List<String> KNOWN = List.of(
            "customer.name",
            "customer.firstName",
            "customer.address",
            "ticket.number",
            "ticket.subject",
            "agent.name",
            "agent.firstName",
            "department.name",
            "department.address");

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{\\s{0,10}([^{}|]{0,100}?)\\s{0,10}(?:\\|([^{}]{0,200}))?}}");

    /// What the sanitizer makes of two braces, so that no template engine takes them for its own.
    private static final String SEPARATED = "{<!-- -->{";

    private final Map<String, String> values;

    private Placeholders(Map<String, String> values) {
        this.values = values;
    }

    static Placeholders of(Ticket ticket, Contacts.Known contact, Department department, String agentName) {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "customer.name", contact.name());
        put(values, "customer.firstName", first(contact.name()));
        put(values, "customer.address", contact.address());
        put(values, "ticket.number", Long.toString(ticket.number()));
        put(values, "ticket.subject", ticket.subject());
        put(values, "agent.name", agentName);
        put(values, "agent.firstName", first(agentName));
        put(values, "department.name", department.name());
        put(values, "department.address", department.mailAddress());
        return new Placeholders(values);
    }

    /// @throws ProblemException 422 `placeholder-unknown`, which lists those there are
    static void check(String template) {
        Matcher found = PLACEHOLDER.matcher(template);
        while (found.find()) {
            if (!KNOWN.contains(found.group(1))) {
                throw new ProblemException(
                        TicketError.PLACEHOLDER_UNKNOWN,
                        "There is no {{" + found.group(1) + "}}.",
                        List.of(),
                        Map.of("known", KNOWN));
            }
        }
    }

    /// HTML that has been sanitised, with its placeholders as they were written.
    static @Nullable String kept(@Nullable String sanitised) {
        return sanitised == null ? null : sanitised.replace(SEPARATED, "{{");
    }

    String inText(String template) {
        return fill(template, UnaryOperator.identity());
    }

    /// Values are escaped: a customer called `<b>` stays a name.
    String inHtml(String template) {
        return fill(template, Placeholders::escaped);
    }

    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            switch (character) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&#34;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(character);
            }
        }
        return escaped.toString();
    }

    private String fill(String template, UnaryOperator<String> escape) {
        return PLACEHOLDER.matcher(template).replaceAll(found -> {
            String value = values.get(found.group(1));
            // What stands after the bar is part of the template, and as clean as that.
            String filled = value != null ? escape.apply(value) : found.group(2) == null ? "" : found.group(2);
            return Matcher.quoteReplacement(filled);
        });
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            values.put(name, value);
        }
    }

    private static @Nullable String first(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String whole = name.strip();
        int end = whole.indexOf(' ');
        return end < 0 ? whole : whole.substring(0, end);
    }
}
