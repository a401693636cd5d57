package org.stonechat.ticket.conversation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Recipients;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Messages and attachments.
@ApplicationScoped
public class MessageRepository implements PanacheRepositoryBase<Message, UUID> {

    /// A page of a conversation, in its order.
    public List<Message> page(UUID ticketId, int afterPosition, int limit) {
        return find("ticketId = ?1 and position > ?2 order by position", ticketId, afterPosition)
                .range(0, limit - 1)
                .list();
    }

    public Optional<Message> ofTicket(UUID ticketId, UUID messageId) {
        return find("id = ?1 and ticketId = ?2", messageId, ticketId).firstResultOptional();
    }

    public Optional<Message> ofPosition(UUID ticketId, int position) {
        return find("ticketId = ?1 and position = ?2", ticketId, position).firstResultOptional();
    }

    /// What the customer has written after that position, oldest first, at most twenty.
    public List<Message> customersSince(UUID ticketId, int position) {
        return find(
                        "ticketId = ?1 and position > ?2 and kind = ?3 order by position",
                        ticketId,
                        position,
                        MessageKind.CUSTOMER)
                .range(0, 19)
                .list();
    }

    /// Messages of these kinds that are out, oldest first; of a very long conversation the newest thousand.
    public List<Message> ofKinds(UUID ticketId, Collection<MessageKind> kinds) {
        List<Message> newest = find(
                        "ticketId = ?1 and kind in ?2 and delivery not in ?3 order by position desc",
                        ticketId,
                        kinds,
                        List.of(Delivery.SCHEDULED, Delivery.WITHDRAWN, Delivery.HELD_BACK))
                .range(0, 999)
                .list();
        return newest.reversed();
    }

    /// What the customer wrote last.
    public Optional<Message> lastOfCustomer(UUID ticketId) {
        return find("ticketId = ?1 and kind = ?2 order by position desc", ticketId, MessageKind.CUSTOMER)
                .firstResultOptional();
    }

    /// Public replies that wait, also those of tickets that were merged into this one; oldest first.
    public List<Message> scheduled(UUID ticketId) {
        List<UUID> tickets = new ArrayList<>(getEntityManager()
                .createQuery("select id from Ticket where mergedInto = :ticket", UUID.class)
                .setParameter("ticket", ticketId)
                .getResultList());
        tickets.add(ticketId);
        return list("delivery = ?1 and ticketId in ?2 order by sendAt, id", Delivery.SCHEDULED, tickets);
    }

    /// Whom customers and agents wrote to in the conversation, newest message first; forwards are another matter.
    public List<Recipients> recipients(UUID ticketId) {
        return find(
                        "ticketId = ?1 and kind in ?2 and delivery not in ?3 order by position desc",
                        ticketId,
                        List.of(MessageKind.CUSTOMER, MessageKind.PUBLIC_REPLY),
                        List.of(Delivery.SCHEDULED, Delivery.WITHDRAWN, Delivery.HELD_BACK))
                .range(0, 49)
                .stream()
                .map(Message::recipients)
                .toList();
    }

    /// The ticket a message belongs to, without reading the message: that comes after the ticket has been locked.
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
                                where m.ticket_id = :ticket and lower(a #>> '{}') = :address
                                  and m.delivery not in ('SCHEDULED', 'WITHDRAWN', 'HELD_BACK')
                                """)
                .setParameter("ticket", ticketId)
                .setParameter("address", address.toLowerCase(Locale.ROOT))
                .getSingleResult();
    }

    /// The customer's last mail.
    public Optional<Message> lastMail(UUID ticketId) {
        return find(
                        "ticketId = ?1 and kind = ?2 and rfcMessageId is not null order by position desc",
                        ticketId,
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

    /// Whether somebody with this address has taken part in the conversation beside its requester.
    public boolean takesPart(UUID ticketId, String address) {
        return (boolean) getEntityManager()
                .createNativeQuery("""
                                select exists (
                                    select 1 from message m
                                    cross join lateral jsonb_path_query(cast(m.recipients as jsonb), '$.*[*].address') a
                                    where m.ticket_id = :ticket and lower(a #>> '{}') = :address
                                      and m.delivery not in ('SCHEDULED', 'WITHDRAWN', 'HELD_BACK'))
                                """)
                .setParameter("ticket", ticketId)
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
                                "from Attachment where ticketId = :ticket and id in :ids and messageId is null"
                                        + " order by id",
                                Attachment.class)
                        .setParameter("ticket", ticketId)
                        .setParameter("ids", attachmentIds)
                        .getResultList();
    }

    public Optional<Attachment> attachment(UUID ticketId, UUID attachmentId) {
        return Optional.ofNullable(getEntityManager().find(Attachment.class, attachmentId))
                .filter(attachment -> attachment.ticketId().equals(ticketId));
    }

    /// How many files a ticket has, with those of its messages.
    public long attachmentCount(UUID ticketId) {
        return getEntityManager()
                .createQuery("select count(*) from Attachment where ticketId = :ticket", Long.class)
                .setParameter("ticket", ticketId)
                .getSingleResult();
    }

    public List<Attachment> attachmentsOf(UUID ticketId, UUID after, int limit) {
        return getEntityManager()
                .createQuery("from Attachment where ticketId = :ticket and id > :after order by id", Attachment.class)
                .setParameter("ticket", ticketId)
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
