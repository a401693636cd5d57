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
    ///
    /// @return whether anything of it is news
    public boolean update(TicketFacts facts) {
        int changed = database.update(
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
        return changed > 0;
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

    /// @param departmentId whose mailbox got the message, or who sent it
    public void identifies(String rfcMessageId, UUID ticketId, UUID departmentId) {
        database.update("""
                insert into message_identifier (rfc_message_id, ticket_id, department_id, known_since)
                values (?, ?, ?, ?)
                on conflict do nothing
                """, rfcMessageId, ticketId, departmentId, clock.instant());
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

    /// The ticket that a message with this id belongs to, as this department knows it: through its own
    /// mailbox or by a mail of its own, wherever the ticket lies now; else because the ticket was referred to
    /// it. What another department made of a copy of the message is none of it.
    public Optional<UUID> identifiedBy(String rfcMessageId, UUID departmentId) {
        return database.first("""
                select identifier.ticket_id
                from message_identifier identifier join ticket on ticket.id = identifier.ticket_id
                where identifier.rfc_message_id = ? and (identifier.department_id = ? or ticket.department_id = ?)
                order by identifier.department_id is not distinct from ?::uuid desc, identifier.known_since,
                    identifier.ticket_id
                limit 1
                """, row -> row.id("ticket_id"), rfcMessageId, departmentId, departmentId, departmentId);
    }

    /// True when the ticket lies in this department, or some of its conversation went through it.
    public boolean isKnownAt(UUID ticketId, UUID departmentId) {
        return database.first("""
                        select 1 as one from ticket where id = ? and department_id = ?
                        union all
                        select 1 from message_identifier where ticket_id = ? and department_id = ?
                        limit 1
                        """, row -> row.number("one"), ticketId, departmentId, ticketId, departmentId)
                .isPresent();
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
