package org.stonechat.notification.ticket;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.notification.database.Database;

/// What is remembered of tickets: their standing facts, who takes part by mail, and which message ids are
/// theirs.
@ApplicationScoped
public class KnownTickets {

    private final Database database;
    private final InstantSource clock;

    KnownTickets(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public record KnownTicket(
            UUID id,
            long number,
            UUID departmentId,
            @Nullable UUID assigneeId,
            @Nullable String language,
            @Nullable String subject,
            @Nullable String requesterName,
            @Nullable String requesterAddress) {}

    /// Takes over what an event of the ticket says of it, and nothing of what it does not mention.
    public void update(TicketFacts facts) {
        database.update(
                """
                insert into ticket (id, number, department_id, team_id, assignee_id, contact_id, language)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set department_id = excluded.department_id, team_id = excluded.team_id,
                    assignee_id = excluded.assignee_id, contact_id = excluded.contact_id, language = excluded.language
                where (ticket.department_id, ticket.team_id, ticket.assignee_id, ticket.contact_id, ticket.language)
                    is distinct from (excluded.department_id, excluded.team_id, excluded.assignee_id,
                                      excluded.contact_id, excluded.language)
                """,
                facts.ticketId(),
                facts.number(),
                facts.departmentId(),
                facts.teamId(),
                facts.assigneeId(),
                facts.contactId(),
                facts.language());
    }

    public void describe(
            UUID ticketId,
            @Nullable String subject,
            @Nullable String requesterName,
            @Nullable String requesterAddress) {
        database.update(
                "update ticket set subject = ?, requester_name = ?, requester_address = ? where id = ?",
                subject,
                requesterName,
                requesterAddress,
                ticketId);
        if (requesterAddress != null) {
            takesPart(ticketId, requesterAddress);
        }
    }

    /// It is another customer's than was thought.
    public void belongsTo(UUID ticketId, @Nullable String requesterName, @Nullable String requesterAddress) {
        database.update(
                "update ticket set requester_name = ?, requester_address = ? where id = ?",
                requesterName,
                requesterAddress,
                ticketId);
        if (requesterAddress != null) {
            takesPart(ticketId, requesterAddress);
        }
    }

    public void takesPart(UUID ticketId, String address) {
        database.update(
                "insert into participant (ticket_id, address) values (?, ?) on conflict do nothing",
                ticketId,
                address.toLowerCase(Locale.ROOT));
    }

    public void identifies(String rfcMessageId, UUID ticketId) {
        database.update("""
                insert into message_identifier (rfc_message_id, ticket_id, known_since) values (?, ?, ?)
                on conflict do nothing
                """, rfcMessageId, ticketId, clock.instant());
    }

    public void contactHas(UUID contactId, Collection<String> addresses) {
        List<String> lowerCased = addresses.stream()
                .map(address -> address.toLowerCase(Locale.ROOT))
                .toList();
        database.update(
                "delete from contact_address where contact_id = ? and not (address = any (?))", contactId, lowerCased);
        for (String address : lowerCased) {
            database.update(
                    "insert into contact_address (address, contact_id) values (?, ?) on conflict do nothing",
                    address,
                    contactId);
        }
    }

    public Optional<KnownTicket> find(UUID ticketId) {
        return select("where id = ?", ticketId);
    }

    public Optional<KnownTicket> numbered(long number) {
        return select("where number = ?", number);
    }

    /// The ticket that a message with this id belongs to; the one known longest when there are several.
    public Optional<UUID> identifiedBy(String rfcMessageId) {
        return database.first(
                "select ticket_id from message_identifier where rfc_message_id = ? order by known_since limit 1",
                row -> row.id("ticket_id"),
                rfcMessageId);
    }

    /// True when the address wrote or was written to in this ticket, or belongs to its contact.
    public boolean isParticipant(UUID ticketId, String address) {
        String lowerCased = address.toLowerCase(Locale.ROOT);
        return database.first("""
                        select 1 as one from participant where ticket_id = ? and address = ?
                        union all
                        select 1 from ticket join contact_address on contact_address.contact_id = ticket.contact_id
                        where ticket.id = ? and contact_address.address = ?
                        limit 1
                        """, row -> row.number("one"), ticketId, lowerCased, ticketId, lowerCased)
                .isPresent();
    }

    private Optional<KnownTicket> select(String where, Object value) {
        return database.first(
                """
                select id, number, department_id, assignee_id, language, subject, requester_name, requester_address
                from ticket
                """ + where,
                row -> new KnownTicket(
                        row.id("id"),
                        row.number("number"),
                        row.id("department_id"),
                        row.idOrNull("assignee_id"),
                        row.textOrNull("language"),
                        row.textOrNull("subject"),
                        row.textOrNull("requester_name"),
                        row.textOrNull("requester_address")),
                value);
    }
}
