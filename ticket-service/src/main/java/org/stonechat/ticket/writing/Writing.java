package org.stonechat.ticket.writing;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.event.Signature;
import org.stonechat.ticket.profile.Profiles;
import org.stonechat.ticket.ticket.Ticket;

/// What a department adds to a public reply: the time in which it can be withdrawn, and the signature below it.
@ApplicationScoped
public class Writing {

    private final EntityManager entityManager;
    private final Profiles profiles;

    private final Audit audit;

    Writing(EntityManager entityManager, Profiles profiles, Audit audit) {
        this.entityManager = entityManager;
        this.profiles = profiles;
        this.audit = audit;
    }

    /// How long a public reply of the department can be withdrawn.
    public Duration undo(UUID departmentId) {
        return settings(departmentId).undo();
    }

    /// What stands below a mail of this agent: his own for the department, his own for all, or the department's.
    ///
    /// @return null when there is none of them
    public @Nullable Signature signature(
            UUID agentId, String agentName, Department department, Ticket ticket, Contacts.Known contact) {
        Signature own = profiles.signature(agentId, department.id());
        if (own != null) {
            return own;
        }
        Signature shared = settings(department.id()).signature();
        if (shared == null) {
            return null;
        }
        Placeholders values = Placeholders.of(ticket, contact, department, agentName);
        return new Signature(values.inText(shared.text()), shared.html() == null ? null : values.inHtml(shared.html()));
    }

    ConversationSettings settings(UUID departmentId) {
        ConversationSettings settings = entityManager.find(ConversationSettings.class, departmentId);
        return settings == null ? new ConversationSettings(departmentId) : settings;
    }

    /// @throws ProblemException 422 `placeholder-unknown`, 412 for another version than named
    @Transactional
    ConversationSettings set(UUID departmentId, @Nullable String ifMatch, Duration undo, @Nullable Signature cleaned) {
        Signature signature = cleaned == null ? null : new Signature(cleaned.text(), Placeholders.kept(cleaned.html()));
        if (signature != null) {
            Placeholders.check(signature.text());
            if (signature.html() != null) {
                Placeholders.check(signature.html());
            }
        }
        // The department's own row keeps two first settings apart.
        entityManager.find(Department.class, departmentId, LockModeType.PESSIMISTIC_WRITE);
        ConversationSettings known = entityManager.find(ConversationSettings.class, departmentId);
        ConversationSettings settings = known == null ? new ConversationSettings(departmentId) : known;
        if (ifMatch != null) {
            ETags.ifMatch(ifMatch, settings.version());
        }
        ConversationSettingsView old = known == null ? null : ConversationSettingsView.from(departmentId, known);
        settings.set(undo, signature);
        audit.changed(
                "conversation-settings",
                departmentId,
                Changes.between(old, ConversationSettingsView.from(departmentId, settings))
                        .withholding("signature"));
        if (known == null) {
            entityManager.persist(settings);
        }
        return settings;
    }
}
