package org.stonechat.ticket.writing;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.rights.Configuring;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;

/// The canned replies of the caller's departments.
@ApplicationScoped
class CannedReplies {

    private final EntityManager entityManager;
    private final DepartmentRepository departments;
    private final TicketAccess access;
    private final Contacts contacts;
    private final Configuring configuring;
    private final CurrentUser user;
    private final InstantSource clock;

    CannedReplies(
            EntityManager entityManager,
            DepartmentRepository departments,
            TicketAccess access,
            Contacts contacts,
            Configuring configuring,
            CurrentUser user,
            InstantSource clock) {
        this.entityManager = entityManager;
        this.departments = departments;
        this.access = access;
        this.contacts = contacts;
        this.configuring = configuring;
        this.user = user;
        this.clock = clock;
    }

    /// What a put has made of it.
    record Put(CannedReplyView canned, boolean created) {}

    /// The words, filled for a ticket.
    record Rendered(String bodyText, @Nullable String bodyHtml) {}

    /// @throws ProblemException 404
    CannedReply read(UUID id) {
        CannedReply canned = entityManager.find(CannedReply.class, id);
        if (canned == null || !user.inDepartment(canned.departmentId())) {
            throw ProblemException.notFound("canned reply");
        }
        return canned;
    }

    @Transactional
    Put put(UUID id, @Nullable String ifMatch, CannedReply.Properties properties) {
        configuring.require(properties.departmentId());
        if (properties.body().isEmpty()) {
            throw new ProblemException(TicketError.BODY_EMPTY, "A canned reply needs words.");
        }
        serialise(properties.departmentId());
        CannedReply existing = entityManager.find(CannedReply.class, id);
        if (existing != null) {
            user.requireDepartment(existing.departmentId(), "canned reply");
            configuring.require(existing.departmentId());
            if (ifMatch != null) {
                ETags.ifMatch(ifMatch, existing.version());
            }
        }
        Placeholders.check(properties.body().text());
        String html = Placeholders.kept(properties.body().html());
        if (html != null) {
            Placeholders.check(html);
        }
        if (properties.shortcut() != null && shortcutTaken(properties.departmentId(), properties.shortcut(), id)) {
            throw new ProblemException(
                    TicketError.SHORTCUT_TAKEN, "Choose another shortcut than " + properties.shortcut() + ".");
        }
        CannedReply canned = existing == null ? new CannedReply(id) : existing;
        canned.define(properties, clock.instant());
        if (existing == null) {
            entityManager.persist(canned);
        }
        return new Put(CannedReplyView.from(canned), existing == null);
    }

    @Transactional
    void delete(UUID id) {
        CannedReply canned = read(id);
        configuring.require(canned.departmentId());
        entityManager.remove(canned);
    }

    /// Fills the words for a ticket the caller sees, in any of his departments.
    Rendered render(UUID id, UUID ticketId) {
        CannedReply canned = read(id);
        Ticket ticket = access.read(ticketId);
        Department department = departments.of(ticket.departmentId());
        Placeholders values =
                Placeholders.of(ticket, ticket.requester(contacts.of(ticket.contactId())), department, user.name());
        String html = canned.bodyHtml();
        return new Rendered(
                values.inText(canned.bodyText()),
                // Cleaned once more, now that it is filled.
                html == null ? null : Body.of(null, values.inHtml(html)).html());
    }

    /// By title.
    ///
    /// @param words a part of title, shortcut or text; null for all
    @SuppressWarnings("unchecked")
    List<CannedReply> page(UUID departmentId, @Nullable String words, int limit, String afterTitle, UUID afterId) {
        Query query = entityManager
                .createNativeQuery(
                        """
                                select * from canned_reply
                                where department_id = :department and (lower(title), id) > (:title, :id)
                                """ + (words == null ? "" : """
                                        and (position(:words in lower(title)) > 0 or shortcut = :words
                                             or position(:words in lower(body_text)) > 0)
                                        """) + "order by lower(title), id limit :limit", CannedReply.class)
                .setParameter("department", departmentId)
                .setParameter("title", afterTitle)
                .setParameter("id", afterId)
                .setParameter("limit", limit);
        if (words != null) {
            query.setParameter("words", words.strip().toLowerCase(Locale.ROOT));
        }
        return query.getResultList();
    }

    private boolean shortcutTaken(UUID departmentId, String shortcut, UUID exceptBy) {
        return !entityManager
                .createQuery(
                        "select c.id from CannedReply c"
                                + " where c.departmentId = :department and c.shortcut = :shortcut and c.id <> :id",
                        UUID.class)
                .setParameter("department", departmentId)
                .setParameter("shortcut", shortcut)
                .setParameter("id", exceptBy)
                .getResultList()
                .isEmpty();
    }

    /// Two at once with the same shortcut wait for each other.
    private void serialise(UUID departmentId) {
        entityManager
                .createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:key, 0))) locked")
                .setParameter("key", "canned " + departmentId)
                .getSingleResult();
    }
}
