package org.stonechat.notification.inapp;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.notification.database.Database;
import org.stonechat.notification.database.Row;
import org.stonechat.notification.live.LiveEvents;
import org.stonechat.notification.ticket.TicketFacts;

/// Tells people of what concerns them; nobody is told of what they did themselves.
@ApplicationScoped
public class Notices {

    private static final String COLUMNS =
            "id, agent_id, event_id, kind, ticket_id, number, department_id, created_at, read_at";

    private final Database database;
    private final LiveEvents live;
    private final InstantSource clock;

    Notices(Database database, LiveEvents live, InstantSource clock) {
        this.database = database;
        this.live = live;
        this.clock = clock;
    }

    enum Kind {
        ASSIGNED,
        CUSTOMER_MESSAGE,
        UNASSIGNED_TICKET,
        MENTIONED,
        /// Somebody from outside wrote a mail that stays inside: an answer to a forward, or a stranger.
        COMMENT_BY_MAIL
    }

    record Notice(
            UUID id,
            Kind kind,
            UUID ticketId,
            long number,
            UUID departmentId,
            Instant createdAt,
            @Nullable Instant readAt) {

        static Notice read(Row row) throws java.sql.SQLException {
            return new Notice(
                    row.id("id"),
                    Kind.valueOf(row.text("kind")),
                    row.id("ticket_id"),
                    row.number("number"),
                    row.id("department_id"),
                    row.instant("created_at"),
                    row.instantOrNull("read_at"));
        }
    }

    record Counts(
            long unread,
            long unreadAssigned,
            long unreadCustomerMessages,
            long unreadUnassignedTickets,
            long unreadMentions,
            long unreadCommentsByMail) {}

    public void assigned(TicketFacts facts, UUID agentId, ReceivedEvent event) {
        tell(agentId, Kind.ASSIGNED, facts, event);
    }

    public void customerWrote(TicketFacts facts, UUID assigneeId, ReceivedEvent event) {
        tell(assigneeId, Kind.CUSTOMER_MESSAGE, facts, event);
    }

    /// Somebody from outside commented by mail, which moves the ticket nowhere.
    public void commentedByMail(TicketFacts facts, UUID assigneeId, ReceivedEvent event) {
        tell(assigneeId, Kind.COMMENT_BY_MAIL, facts, event);
    }

    /// Tells those who are named with @ in a message, and the members of teams that are. Whose ticket it is
    /// hears of it only when he is among them. Whoever may not see the ticket, as it lies now, is not told.
    ///
    /// @param named agents and teams
    public void mentioned(TicketFacts facts, List<UUID> named, ReceivedEvent event) {
        List<UUID> people = database.query(
                """
                        select agent.id from agent left join team holder on holder.id = ?
                        where agent.active
                          and agent.roles && array['agent', 'lead', 'admin']
                          and (agent.id = any (?::uuid[])
                               or exists (select 1 from team
                                          where team.id = any (?::uuid[]) and agent.id = any (team.member_ids)))
                          and (agent.id = ?
                               or agent.id = any (holder.member_ids)
                               or (agent.departments && array[?::text, '*']
                                   and (holder.visibility is distinct from 'INVITED_INTERNAL'
                                        or agent.roles && array['lead', 'admin'])))
                        order by agent.id
                        """,
                row -> row.id("id"),
                facts.teamId(),
                named,
                named,
                facts.assigneeId(),
                facts.departmentId() == null ? null : facts.departmentId().toString());
        people.forEach(person -> tell(person, Kind.MENTIONED, facts, event));
    }

    /// Tells the agents of the ticket's department, in one statement however many they are. Leads and
    /// administrators find it in their views.
    public void unassigned(TicketFacts facts, ReceivedEvent event) {
        // No line of the live stream for each of them: the stream shows the new ticket itself.
        database.update(
                """
                        insert into notification
                            (id, agent_id, event_id, kind, ticket_id, number, department_id, created_at)
                        select uuidv7(), agent.id, ?, ?, ?, ?, ?, ?
                        from agent
                        left join team on team.id = ?
                        where agent.active and agent.departments && array[?::text] and 'agent' = any (agent.roles)
                          and agent.id::text is distinct from ?
                          and (team.visibility is distinct from 'INVITED_INTERNAL' or agent.id = any (team.member_ids))
                        on conflict (event_id, agent_id) do nothing
                        """,
                event.id(),
                Kind.UNASSIGNED_TICKET,
                facts.ticketId(),
                facts.number(),
                facts.departmentId(),
                clock.instant(),
                facts.teamId(),
                facts.departmentId() == null ? null : facts.departmentId().toString(),
                event.actor().id());
    }

    @Transactional
    Optional<Notice> markRead(UUID agentId, UUID id) {
        database.update(
                "update notification set read_at = ? where id = ? and agent_id = ? and read_at is null",
                clock.instant(),
                id,
                agentId);
        return database.first(
                "select " + COLUMNS + " from notification where id = ? and agent_id = ?", Notice::read, id, agentId);
    }

    /// The newest first.
    List<Notice> page(UUID agentId, boolean unreadOnly, @Nullable UUID before, int rows) {
        return database.query(
                "select " + COLUMNS + " from notification where agent_id = ?"
                        + (unreadOnly ? " and read_at is null" : "")
                        + " and (?::uuid is null or id < ?) order by id desc limit ?",
                Notice::read,
                agentId,
                before,
                before,
                rows);
    }

    /// Counts up to a thousand: nobody reads further, and the count stays cheap.
    Counts counts(UUID agentId) {
        return database.first(
                        """
                        select count(*) as unread,
                               count(*) filter (where kind = 'ASSIGNED') as assigned,
                               count(*) filter (where kind = 'CUSTOMER_MESSAGE') as customer,
                               count(*) filter (where kind = 'UNASSIGNED_TICKET') as unassigned,
                               count(*) filter (where kind = 'MENTIONED') as mentions,
                               count(*) filter (where kind = 'COMMENT_BY_MAIL') as comments
                        from (select kind from notification where agent_id = ? and read_at is null limit 1000) unread
                        """,
                        row -> new Counts(
                                row.number("unread"),
                                row.number("assigned"),
                                row.number("customer"),
                                row.number("unassigned"),
                                row.number("mentions"),
                                row.number("comments")),
                        agentId)
                .orElse(new Counts(0, 0, 0, 0, 0, 0));
    }

    /// @return how many went; as many as `most` means there may be more
    int forget(Instant before, int most) {
        return database.update(
                "delete from notification where id in (select id from notification where created_at < ? limit ?)",
                before,
                most);
    }

    private void tell(UUID agentId, Kind kind, TicketFacts facts, ReceivedEvent event) {
        if (agentId.toString().equals(event.actor().id())) {
            return;
        }
        UUID id = Uuid7.next();
        int told = database.update(
                """
                        insert into notification
                            (id, agent_id, event_id, kind, ticket_id, number, department_id, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (event_id, agent_id) do nothing
                        """,
                id,
                agentId,
                event.id(),
                kind,
                facts.ticketId(),
                facts.number(),
                facts.departmentId(),
                clock.instant());
        if (told > 0) {
            live.appendNotice(agentId, id, kind.name(), facts);
        }
    }
}
