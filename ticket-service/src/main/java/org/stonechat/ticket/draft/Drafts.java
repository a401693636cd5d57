package org.stonechat.ticket.draft;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.ETags;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Recipients;

/// The drafts of all agents. Whether the caller sees the ticket is asked before.
@ApplicationScoped
public class Drafts {

    private final EntityManager entityManager;
    private final InstantSource clock;

    Drafts(EntityManager entityManager, InstantSource clock) {
        this.entityManager = entityManager;
        this.clock = clock;
    }

    public Optional<DraftView> find(UUID agentId, UUID ticketId) {
        return Optional.ofNullable(entityManager.find(Draft.class, new Draft.Key(agentId, ticketId)))
                .map(Draft::view);
    }

    /// What a put has made of it.
    public record Put(DraftView draft, boolean created) {}

    /// Keeps it. Whoever has no draft yet needs to name none; otherwise the version that is changed.
    @Transactional
    public Put put(UUID agentId, UUID ticketId, @Nullable String ifMatch, DraftContent content) {
        Optional<Draft> existing = lock(agentId, ticketId);
        if (existing.isPresent()) {
            ETags.ifMatch(ifMatch, existing.get().version());
        } else if (ifMatch != null && !ifMatch.isBlank() && !ifMatch.strip().equals("*")) {
            // It was sent or thrown away in another window.
            ETags.ifMatch(ifMatch, 0);
        }
        Draft draft = existing.orElseGet(() -> new Draft(agentId, ticketId, clock.instant()));
        draft.write(content, clock.instant());
        if (existing.isEmpty()) {
            entityManager.persist(draft);
        }
        return new Put(draft.view(), existing.isEmpty());
    }

    /// Throws it away.
    ///
    /// @return false when there is none
    @Transactional
    public boolean discard(UUID agentId, UUID ticketId, @Nullable String ifMatch) {
        Optional<Draft> existing = lock(agentId, ticketId);
        if (existing.isEmpty()) {
            return false;
        }
        if (ifMatch != null) {
            ETags.ifMatch(ifMatch, existing.get().version());
        }
        entityManager.remove(existing.get());
        return true;
    }

    /// What was a draft is a message of that kind now; a draft of another kind stays.
    @Transactional(Transactional.TxType.MANDATORY)
    public void sent(UUID agentId, UUID ticketId, MessageKind kind) {
        entityManager
                .createQuery("delete from Draft where agentId = :agent and ticketId = :ticket and kind = :kind")
                .setParameter("agent", agentId)
                .setParameter("ticket", ticketId)
                .setParameter("kind", kind)
                .executeUpdate();
    }

    /// A message comes back to its author. What he has begun to write meanwhile stays as it is; the message
    /// itself keeps its words in any case.
    @Transactional(Transactional.TxType.MANDATORY)
    public void takeBack(UUID ticketId, Message message, List<Attachment> attachments, String reason) {
        UUID author = message.authorId();
        if (author == null) {
            return;
        }
        Optional<Draft> existing = lock(author, ticketId);
        Draft draft = existing.orElseGet(() -> new Draft(author, ticketId, clock.instant()));
        if (existing.isEmpty()) {
            draft.write(
                    new DraftContent(
                            message.kind(),
                            null,
                            new Body(message.bodyText(), message.bodyHtml(), null),
                            new Recipients(List.of(), message.recipients().cc()),
                            message.deliverVia(),
                            message.inReplyToMessageId(),
                            message.solves(),
                            message.isMailCopy(),
                            null,
                            null,
                            attachments.stream().map(Attachment::id).toList()),
                    clock.instant());
        }
        draft.returned(message.id(), reason, clock.instant());
        if (existing.isEmpty()) {
            entityManager.persist(draft);
        }
    }

    /// Keeps the words of a reply that was refused, so that nothing is lost; in a transaction of its own.
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void refused(UUID agentId, UUID ticketId, DraftContent reply, String reason) {
        Optional<Draft> existing = lock(agentId, ticketId);
        Draft draft = existing.orElseGet(() -> new Draft(agentId, ticketId, clock.instant()));
        draft.write(reply, clock.instant());
        draft.returned(null, reason, clock.instant());
        if (existing.isEmpty()) {
            entityManager.persist(draft);
        }
    }

    private Optional<Draft> lock(UUID agentId, UUID ticketId) {
        // A draft that two windows begin at once is one draft: there is no row yet that could be locked.
        entityManager
                .createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:key, 0))) locked")
                .setParameter("key", "draft " + agentId + " " + ticketId)
                .getSingleResult();
        return Optional.ofNullable(
                entityManager.find(Draft.class, new Draft.Key(agentId, ticketId), LockModeType.PESSIMISTIC_WRITE));
    }
}
