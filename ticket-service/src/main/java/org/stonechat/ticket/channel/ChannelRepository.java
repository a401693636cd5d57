package org.stonechat.ticket.channel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Channels, and which of their conversations, senders and messages are known.
@ApplicationScoped
class ChannelRepository implements PanacheRepositoryBase<Channel, UUID> {

    /// @param departments null for all
    List<Channel> page(@Nullable Set<UUID> departments, @Nullable UUID after, int limit) {
        UUID place = after == null ? new UUID(0, 0) : after;
        return (departments == null
                        ? find("id > ?1 order by id", place)
                        : find("id > ?1 and departmentId in ?2 order by id", place, departments))
                .range(0, limit - 1)
                .list();
    }

    /// Lets changes of a channel wait for each other, also while there is none yet.
    void serialise(UUID id) {
        query("select 1 from (select pg_advisory_xact_lock(hashtextextended(?1, 0))) locked", "channel " + id)
                .getSingleResult();
    }

    /// A message that was taken in before.
    record Known(UUID ticketId, UUID messageId) {}

    /// Some messengers number the messages of each conversation anew.
    @SuppressWarnings("unchecked")
    Optional<Known> message(UUID channelId, String conversation, String externalId) {
        // Without a conversation: taken in by a version that noted none, in the ticket the conversation goes on in.
        List<Object[]> rows = query("""
                        select m.ticket_id, m.message_id from channel_message m
                        where m.channel_id = ?1 and m.external_id = ?2
                          and (m.conversation_id = ?3 or (m.conversation_id = '' and m.ticket_id = (
                              select c.ticket_id from channel_conversation c
                              where c.channel_id = ?1 and c.external_id = ?3)))
                        """, channelId, externalId, conversation).getResultList();
        return rows.stream().findFirst().map(row -> new Known((UUID) row[0], (UUID) row[1]));
    }

    void remember(UUID channelId, String conversation, String externalId, UUID ticketId, UUID messageId) {
        query(
                        "insert into channel_message (channel_id, conversation_id, external_id, ticket_id, message_id)"
                                + " values (?1, ?2, ?3, ?4, ?5)",
                        channelId,
                        conversation,
                        externalId,
                        ticketId,
                        messageId)
                .executeUpdate();
    }

    Optional<UUID> contactOf(UUID channelId, String sender) {
        return first(
                "select contact_id from channel_sender where channel_id = ?1 and external_id = ?2", channelId, sender);
    }

    void rememberSender(UUID channelId, String sender, UUID contactId) {
        query(
                        "insert into channel_sender (channel_id, external_id, contact_id) values (?1, ?2, ?3)"
                                + " on conflict (channel_id, external_id) do nothing",
                        channelId,
                        sender,
                        contactId)
                .executeUpdate();
    }

    Optional<UUID> ticketOf(UUID channelId, String conversation) {
        return first(
                "select ticket_id from channel_conversation where channel_id = ?1 and external_id = ?2",
                channelId,
                conversation);
    }

    void heard(UUID channelId, String conversation, UUID ticketId, Instant at) {
        query(
                        "insert into channel_conversation (channel_id, external_id, ticket_id, heard_at)"
                                + " values (?1, ?2, ?3, ?4) on conflict (channel_id, external_id)"
                                + " do update set ticket_id = excluded.ticket_id, heard_at = excluded.heard_at",
                        channelId,
                        conversation,
                        ticketId,
                        at)
                .executeUpdate();
    }

    /// Where an answer goes: the conversation that was heard last.
    record Conversation(UUID channelId, String externalId) {}

    @SuppressWarnings("unchecked")
    Optional<Conversation> conversation(List<UUID> tickets) {
        List<Object[]> rows = getEntityManager()
                .createNativeQuery("select channel_id, external_id from channel_conversation"
                        + " where ticket_id = any(cast(:tickets as uuid[])) order by heard_at desc limit 1")
                .setParameter("tickets", tickets.toArray(UUID[]::new))
                .getResultList();
        return rows.stream().findFirst().map(row -> new Conversation((UUID) row[0], (String) row[1]));
    }

    private Optional<UUID> first(String sql, Object... parameters) {
        List<?> rows = query(sql, parameters).getResultList();
        return rows.stream().findFirst().map(UUID.class::cast);
    }

    private Query query(String sql, Object... parameters) {
        Query query = getEntityManager().createNativeQuery(sql);
        for (int index = 0; index < parameters.length; index++) {
            query.setParameter(index + 1, parameters[index]);
        }
        return query;
    }
}
