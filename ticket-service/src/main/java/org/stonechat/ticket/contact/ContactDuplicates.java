package org.stonechat.ticket.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.stonechat.kit.security.CurrentUser;

/// Finds contacts that may be the same person, on three indexed keys that the database derives.
@ApplicationScoped
class ContactDuplicates {

    private static final int MOST = 20;

    private static final String SUGGESTIONS = """
            select o.id, o.name_key = c.name_key, o.mailbox_key = c.mailbox_key, o.phone_key = c.phone_key
            from contact c
            cross join lateral (
                (select d.* from contact d where d.mailbox_key = c.mailbox_key order by d.id limit 200)
                union
                (select d.* from contact d where d.phone_key = c.phone_key order by d.id limit 200)
                union
                (select d.* from contact d where d.name_key = c.name_key order by d.id limit 200)) o
            where c.id = :id and o.id <> c.id and o.merged_into is null
              and (:everywhere or exists (
                  select 1 from contact_department v
                  where v.contact_id = o.id and v.department_id = any(cast(:departments as uuid[]))
                    and (v.keeps or not exists (
                        select 1 from contact_department w
                        where w.contact_id = o.id and w.department_id <> all(cast(:departments as uuid[]))))))
            order by (o.mailbox_key = c.mailbox_key) is true desc, (o.phone_key = c.phone_key) is true desc, o.id
            limit :most
            """;

    private final EntityManager entityManager;
    private final ContactAccess access;
    private final CurrentUser user;

    ContactDuplicates(EntityManager entityManager, ContactAccess access, CurrentUser user) {
        this.entityManager = entityManager;
        this.access = access;
        this.user = user;
    }

    @Schema(name = "DuplicateReason")
    enum Reason {
        SAME_MAILBOX,
        SAME_PHONE,
        SAME_NAME
    }

    @Schema(name = "DuplicateSuggestion")
    record Suggestion(ContactView contact, List<Reason> reasons) {}

    /// Among those the caller sees whole, and for such a one: what two have in common is a detail of both.
    @SuppressWarnings("unchecked")
    List<Suggestion> of(Contact contact) {
        if (!access.seesWhole(contact)) {
            return List.of();
        }
        List<Object[]> rows = entityManager
                .createNativeQuery(SUGGESTIONS)
                .setParameter("id", contact.id())
                .setParameter("everywhere", user.allDepartments())
                .setParameter("departments", user.departments().toArray(UUID[]::new))
                .setParameter("most", MOST)
                .getResultList();
        return rows.stream().map(this::suggestion).toList();
    }

    private Suggestion suggestion(Object[] row) {
        Contact other = entityManager.find(Contact.class, row[0]);
        List<Reason> reasons = new ArrayList<>();
        if (Boolean.TRUE.equals(row[2])) {
            reasons.add(Reason.SAME_MAILBOX);
        }
        if (Boolean.TRUE.equals(row[3])) {
            reasons.add(Reason.SAME_PHONE);
        }
        if (Boolean.TRUE.equals(row[1])) {
            reasons.add(Reason.SAME_NAME);
        }
        return new Suggestion(access.view(other), reasons);
    }
}
