package org.stonechat.ticket.conversation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MessageKind;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Messages and attachments. A ticket's conversation includes those of the tickets that were merged into it.
@ApplicationScoped
public class MessageRepository implements PanacheRepositoryBase<Message, UUID> {

    /// The ticket and all that were merged into it, directly or over others.
    @SuppressWarnings("unchecked")
    public List<UUID> family(UUID ticketId) {
        return getEntityManager()
                .createNativeQuery("""
                                with recursive family (id) as (
                                    select cast(:ticket as uuid)
                                    union all
                                    select t.id from family f join ticket t on t.merged_into = f.id)
                                select id from family
                                """, UUID.class)
                .setParameter("ticket", ticketId)
                .getResultList();
    }

    /// A page of a conversation, in its order.
    public List<Message> page(UUID ticketId, int afterPosition, int limit) {
        return find("ticketId = ?1 and position > ?2 order by position", ticketId, afterPosition)
                .range(0, limit - 1)
                .list();
    }

    /// A page of the conversation of merged tickets, in the order of time.
    ///
    /// @param after the last message of the page before; null for the first page
    public List<Message> pageOf(List<UUID> family, @Nullable Place after, int limit) {
        return pageOf(family, List.of(MessageKind.values()), List.of(Delivery.values()), after, limit);
    }

    /// The same of messages of some kinds alone, as far as they are on their way.
    @SuppressWarnings("unchecked")
    public List<Message> pageOf(
            List<UUID> family,
            Collection<MessageKind> kinds,
            Collection<Delivery> deliveries,
            @Nullable Place after,
            int limit) {
        Query query = getEntityManager()
                .createNativeQuery(
                        "select m.* from message m where m.ticket_id = any(cast(:family as uuid[]))"
                                + " and m.kind = any(cast(:kinds as text[]))"
                                + " and m.delivery = any(cast(:deliveries as text[])) "
                                + (after == null ? "" : "and (m.at, m.id) > (cast(:at as timestamptz), :id) ")
                                + """
                                and not exists (
                                    select 1 from message_copy c join message o on o.id = c.original_id
                                    where c.message_id = m.id and o.ticket_id = any(cast(:family as uuid[])))
                                order by m.at, m.id limit :limit
                                """,
                        Message.class)
                .setParameter("family", family.toArray(UUID[]::new))
                .setParameter("kinds", kinds.stream().map(Enum::name).toArray(String[]::new))
                .setParameter("deliveries", deliveries.stream().map(Enum::name).toArray(String[]::new))
                .setParameter("limit", limit);
        if (after != null) {
            query.setParameter("at", after.at().toString()).setParameter("id", after.id());
        }
        return query.getResultList();
    }

    /// Where a message stands among those of merged tickets.
    public record Place(Instant at, UUID id) {}

    public Optional<Message> ofTicket(UUID ticketId, UUID messageId) {
        return findByIdOptional(messageId)
                .filter(message ->
                        message.ticketId().equals(ticketId) || family(ticketId).contains(message.ticketId()));
    }

    public Optional<Message> ofPosition(UUID ticketId, int position) {
        return find("ticketId = ?1 and position = ?2", ticketId, position).firstResultOptional();
    }

    /// What the customer has written after a message, oldest first, at most twenty.
    ///
    /// @param seen null: everything but what the ticket was opened with
    public List<Message> customersSince(UUID ticketId, @Nullable Message seen) {
        return find(
                        "ticketId in ?1 and kind = ?2 and ((ticketId = ?3 and position > ?4)"
                                + " or (ticketId <> ?3 and at > ?5)) order by at, position",
                        family(ticketId),
                        MessageKind.CUSTOMER,
                        seen == null ? ticketId : seen.ticketId(),
                        seen == null ? 0 : seen.position(),
                        seen == null ? Instant.EPOCH : seen.at())
                .range(0, 19)
                .list();
    }

    /// Messages of these kinds that are out, oldest first; of a very long conversation the newest thousand.
    public List<Message> ofKinds(UUID ticketId, Collection<MessageKind> kinds) {
        List<Message> newest = find(
                        "ticketId in ?1 and kind in ?2 and delivery not in ?3 order by at desc, position desc",
                        family(ticketId),
                        kinds,
                        List.of(Delivery.SCHEDULED, Delivery.WITHDRAWN, Delivery.HELD_BACK))
                .range(0, 999)
                .list();
        return newest.reversed();
    }

    /// What the customer wrote last.
    public Optional<Message> lastOfCustomer(UUID ticketId) {
        return find(
                        "ticketId in ?1 and kind = ?2 order by at desc, position desc",
                        family(ticketId),
                        MessageKind.CUSTOMER)
                .firstResultOptional();
    }

    /// Public replies that wait, also those of tickets that were merged into this one; oldest first.
    public List<Message> scheduled(UUID ticketId) {
        return list("delivery = ?1 and ticketId in ?2 order by sendAt, id", Delivery.SCHEDULED, family(ticketId));
    }

    /// Whom customers and agents wrote to in the conversation, newest message first, but for our own addresses, behind
    /// a plus sign too; forwards are another matter. Somebody who was written to twice is named twice.
    @SuppressWarnings("unchecked")
    public List<Correspondent> writtenTo(UUID ticketId) {
        List<Object[]> rows = getEntityManager()
                .createNativeQuery("""
                                with recursive family (id) as (
                                    select cast(:ticket as uuid)
                                    union all
                                    select t.id from family f join ticket t on t.merged_into = f.id),
                                latest as (
                                    select m.at, m.position, cast(m.recipients as jsonb) as recipients from message m
                                    where m.ticket_id in (select id from family)
                                      and m.kind in ('CUSTOMER', 'PUBLIC_REPLY')
                                      and m.delivery not in ('SCHEDULED', 'WITHDRAWN', 'HELD_BACK')
                                    order by m.at desc, m.position desc limit 50)
                                select one ->> 'name', one ->> 'address' from latest
                                cross join lateral jsonb_path_query(recipients, '$.*[*]') with ordinality r (one, place)
                                where one ->> 'address' is not null and not exists (
                                    select 1 from department d where lower(d.mail_address)
                                        = regexp_replace(lower(one ->> 'address'), '[+][^@]*@', '@'))
                                order by latest.at desc, latest.position desc, r.place
                                """)
                .setParameter("ticket", ticketId)
                .getResultList();
        return rows.stream()
                .map(row -> new Correspondent((String) row[0], (String) row[1]))
                .toList();
    }

    /// The ticket a message belongs to, without reading the message: that comes after the ticket has been
    /// locked.
    public Optional<UUID> ticketOf(UUID messageId) {
        return getEntityManager()
                .createQuery("select ticketId from Message where id = :id", UUID.class)
                .setParameter("id", messageId)
                .getResultStream()
                .findFirst();
    }

    /// Whether all that somebody with this address ever got of the conversation was forwarded to him.
    public boolean knowsForwardsAlone(UUID ticketId, String address) {
        return (boolean) getEntityManager()
                .createNativeQuery("""
                                select coalesce(bool_and(m.kind = 'FORWARD'), false) from message m
                                cross join lateral jsonb_path_query(cast(m.recipients as jsonb), '$.*[*].address') a
                                where m.ticket_id = any(cast(:family as uuid[])) and lower(a #>> '{}') = :address
                                  and m.delivery not in ('SCHEDULED', 'WITHDRAWN', 'HELD_BACK')
                                """)
                .setParameter("family", family(ticketId).toArray(UUID[]::new))
                .setParameter("address", address.toLowerCase(Locale.ROOT))
                .getSingleResult();
    }

    /// Whether there is a conversation on a connected messenger that answers can go to.
    public boolean cameOverMessenger(UUID ticketId) {
        return (boolean) getEntityManager()
                .createNativeQuery("select exists (select 1 from channel_conversation"
                        + " where ticket_id = any(cast(:family as uuid[])))")
                .setParameter("family", family(ticketId).toArray(UUID[]::new))
                .getSingleResult();
    }

    /// The customer's last mail.
    public Optional<Message> lastMail(UUID ticketId) {
        return find(
                        "ticketId in ?1 and kind = ?2 and rfcMessageId is not null order by at desc, position desc",
                        family(ticketId),
                        MessageKind.CUSTOMER)
                .firstResultOptional();
    }

    /// The public reply that stands on the review platform or is on its way there.
    public Optional<Message> platformReply(UUID ticketId) {
        return find(
                        "ticketId = ?1 and deliverVia = ?2 and delivery in ?3",
                        ticketId,
                        DeliverVia.REVIEW,
                        List.of(Delivery.SCHEDULED, Delivery.QUEUED, Delivery.PUBLISHED))
                .firstResultOptional();
    }

    /// Whether the address is one of the requester's, or of somebody who has taken part in the conversation.
    public boolean takesPart(UUID ticketId, String address) {
        return (boolean) getEntityManager()
                .createNativeQuery("""
                                select exists (
                                    select 1 from ticket t
                                    join contact c on c.id = t.contact_id
                                    left join contact_known_by k on k.address = :address and not t.requester_given
                                    left join contact owner on owner.id = k.contact_id
                                    where t.id = any(cast(:family as uuid[]))
                                      and (t.requester_address = :address
                                           or coalesce(owner.merged_into, owner.id) = coalesce(c.merged_into, c.id)))
                                or exists (
                                    select 1 from message m
                                    cross join lateral jsonb_path_query(cast(m.recipients as jsonb), '$.*[*].address') a
                                    where m.ticket_id = any(cast(:family as uuid[])) and lower(a #>> '{}') = :address
                                      and m.delivery not in ('SCHEDULED', 'WITHDRAWN', 'HELD_BACK'))
                                """)
                .setParameter("family", family(ticketId).toArray(UUID[]::new))
                .setParameter("address", address.toLowerCase(Locale.ROOT))
                .getSingleResult();
    }

    public List<Attachment> attachments(Collection<UUID> messageIds) {
        return messageIds.isEmpty()
                ? List.of()
                : getEntityManager()
                        .createQuery("from Attachment where messageId in :ids order by id", Attachment.class)
                        .setParameter("ids", messageIds)
                        .getResultList();
    }

    /// Files of the ticket that belong to no message yet.
    public List<Attachment> waiting(UUID ticketId, Collection<UUID> attachmentIds) {
        return attachmentIds.isEmpty()
                ? List.of()
                : getEntityManager()
                        .createQuery(
                                "from Attachment where ticketId in :family and id in :ids and messageId is null"
                                        + " order by id",
                                Attachment.class)
                        .setParameter("family", family(ticketId))
                        .setParameter("ids", attachmentIds)
                        .getResultList();
    }

    public Optional<Attachment> attachment(UUID ticketId, UUID attachmentId) {
        return Optional.ofNullable(getEntityManager().find(Attachment.class, attachmentId))
                .filter(attachment -> attachment.ticketId().equals(ticketId)
                        || family(ticketId).contains(attachment.ticketId()));
    }

    /// How many files a ticket has, with those of its messages.
    public long attachmentCount(UUID ticketId) {
        return getEntityManager()
                .createQuery("select count(*) from Attachment where ticketId in :family", Long.class)
                .setParameter("family", family(ticketId))
                .getSingleResult();
    }

    public List<Attachment> attachmentsOf(UUID ticketId, UUID after, int limit) {
        return getEntityManager()
                .createQuery("from Attachment where ticketId in :family and id > :after order by id", Attachment.class)
                .setParameter("family", family(ticketId))
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList();
    }

    public void remove(Attachment attachment) {
        getEntityManager().remove(attachment);
    }

    public void persist(Attachment attachment) {
        getEntityManager().persist(attachment);
    }
}
