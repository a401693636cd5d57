package org.stonechat.analytics.ticket;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.analytics.report.Freshness;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;

/// Keeps the ticket projections: reads the facts of a batch's tickets, applies the events, writes all of them
/// back.
@ApplicationScoped
class TicketEvents implements EventConsumer {

    private final DataSource dataSource;
    private final TicketTables tables;
    private final Freshness freshness;

    TicketEvents(DataSource dataSource, TicketTables tables, Freshness freshness) {
        this.dataSource = dataSource;
        this.tables = tables;
        this.freshness = freshness;
    }

    @Override
    public String topic() {
        return "tickets";
    }

    @Override
    public boolean takesBatches() {
        return true;
    }

    @Override
    public boolean rebuildable() {
        return true;
    }

    @Override
    public void handle(ReceivedEvent event) {
        handleBatch(List.of(event));
    }

    @Override
    public void handleBatch(List<ReceivedEvent> events) {
        // What mail became is told on this topic too, under the mail's own id; it is no event of a ticket.
        List<ReceivedEvent> ticketEvents = events.stream()
                .filter(event -> event.data().hasNonNull("stage"))
                .toList();
        Set<UUID> ids = new HashSet<>();
        ticketEvents.forEach(event -> ids.add(event.subject()));
        try (Connection connection = dataSource.getConnection()) {
            Map<UUID, TicketFact> facts = tables.read(connection, ids);
            List<TicketFact.Occurrence> occurrences = new ArrayList<>();
            for (ReceivedEvent event : ticketEvents) {
                occurrences.addAll(facts.computeIfAbsent(
                                event.subject(), id -> new TicketFact(event.dataAs(TicketFact.Standing.class)))
                        .apply(event));
            }
            tables.write(connection, facts.values(), occurrences);
            freshness.note(connection, topic(), events);
        } catch (SQLException failure) {
            throw new IllegalStateException("ticket events could not be projected", failure);
        }
    }

    @Override
    public void reset() {
        try (Connection connection = dataSource.getConnection()) {
            tables.empty(connection);
            freshness.forget(connection, topic());
        } catch (SQLException failure) {
            throw new IllegalStateException("the ticket projections could not be emptied", failure);
        }
    }
}
