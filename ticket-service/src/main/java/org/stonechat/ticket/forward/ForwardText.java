package org.stonechat.ticket.forward;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketReview;

/// Writes what is sent on: the words of who forwards, the ticket's details, and what else was chosen; as text
/// and as HTML, in the department's language and time zone.
final class ForwardText {

    private final ResourceBundle words;
    private final DateTimeFormatter times;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();

    ForwardText(Department department) {
        Locale locale = Locale.forLanguageTag(department.language());
        this.words = ResourceBundle.getBundle(
                "forward.words",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        this.times = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale)
                .withZone(ZoneId.of(department.timeZone()));
    }

    /// What who forwards has to say.
    ForwardText message(Body body) {
        if (!body.isEmpty()) {
            text.append(body.text().strip()).append("\n\n");
            html.append(body.html() == null ? paragraph(body.text()) : body.html());
        }
        return this;
    }

    ForwardText details(Ticket ticket, Contacts.Known contact, Department department, @Nullable String assignee) {
        List<String[]> lines = new ArrayList<>();
        add(lines, "ticket", "#" + ticket.number());
        add(lines, "subject", ticket.subject());
        add(lines, "customer", person(contact.name(), contact.address()));
        add(lines, "department", department.name());
        add(lines, "assignee", assignee);
        add(lines, "stage", department.stage(ticket.stageId()).map(Stage::label).orElse(null));
        add(lines, "priority", words.getString("priority." + ticket.priority()));
        add(lines, "category", ticket.category());
        add(lines, "tags", ticket.tags().isEmpty() ? null : String.join(", ", ticket.tags()));
        add(lines, "created", time(ticket.createdAt()));
        add(lines, "due", time(ticket.dueAt()));
        section("details", lines);
        return this;
    }

    ForwardText review(TicketReview review) {
        List<String[]> lines = new ArrayList<>();
        add(lines, "platform", review.platform());
        add(
                lines,
                "stars",
                review.stars() == null ? null : "\u2605".repeat(review.stars()) + " (" + review.stars() + ")");
        add(lines, "author", person(review.authorName(), review.authorAddress()));
        add(lines, "order", review.orderReference());
        add(lines, "product", review.productSku());
        add(lines, "written", time(review.reviewedAt()));
        add(lines, "inbox", review.inboxUrl());
        add(lines, "title", review.title());
        section("review", lines);
        if (review.body() != null) {
            text.append(review.body()).append("\n\n");
            html.append(paragraph(review.body()));
        }
        return this;
    }

    /// Messages, oldest first.
    ForwardText conversation(List<Message> messages) {
        heading("conversation");
        for (Message message : messages) {
            String head = time(message.at()) + " \u00b7 "
                    + words.getString("kind." + message.kind())
                    + (message.authorName() == null ? "" : " \u00b7 " + message.authorName());
            text.append(head).append('\n').append(message.bodyText().strip()).append("\n\n");
            html.append("<p><b>").append(escaped(head)).append("</b></p><blockquote>");
            String written = message.bodyHtml();
            html.append(written == null ? paragraph(message.bodyText()) : written)
                    .append("</blockquote>");
        }
        return this;
    }

    /// The whole of it, cleaned.
    Body body() {
        return Body.of(text.toString().strip(), html.toString());
    }

    private void section(String title, List<String[]> lines) {
        heading(title);
        html.append("<table>");
        for (String[] line : lines) {
            text.append(line[0]).append(": ").append(line[1]).append('\n');
            html.append("<tr><td>")
                    .append(escaped(line[0]))
                    .append("</td><td>")
                    .append(escaped(line[1]))
                    .append("</td></tr>");
        }
        text.append('\n');
        html.append("</table>");
    }

    private void heading(String key) {
        String title = words.getString("section." + key);
        text.append("--- ").append(title).append(" ---\n");
        html.append("<h3>").append(escaped(title)).append("</h3>");
    }

    private void add(List<String[]> lines, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            lines.add(new String[] {words.getString(key), value});
        }
    }

    private @Nullable String time(@Nullable Instant at) {
        return at == null ? null : times.format(at);
    }

    private static @Nullable String person(@Nullable String name, @Nullable String address) {
        if (name == null || address == null) {
            return name == null ? address : name;
        }
        return name + " <" + address + ">";
    }

    private static String paragraph(String lines) {
        return "<p>" + String.join("<br>", escaped(lines).lines().toList()) + "</p>";
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;");
    }
}
