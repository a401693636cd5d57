package org.stonechat.ticket.profile;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.ETags;
import org.stonechat.ticket.agent.Directory;
import org.stonechat.ticket.event.Signature;

/// The profiles of those who work here.
@ApplicationScoped
public class Profiles {

    private final EntityManager entityManager;
    private final Directory directory;

    Profiles(EntityManager entityManager, Directory directory) {
        this.entityManager = entityManager;
        this.directory = directory;
    }

    /// What stands below somebody's mail in a department; null when he has set nothing.
    public @Nullable Signature signature(UUID agentId, UUID departmentId) {
        AgentProfile profile = of(agentId);
        Signature own = profile.signatures().get(departmentId);
        return own == null ? profile.signature() : own;
    }

    AgentProfile of(UUID agentId) {
        AgentProfile profile = entityManager.find(AgentProfile.class, agentId);
        return profile == null ? new AgentProfile(agentId) : profile;
    }

    /// Whoever has no profile yet needs to name no version. Language and time zone reach the other services too.
    @Transactional
    AgentProfile set(UUID agentId, @Nullable String ifMatch, AgentProfile.Properties properties) {
        entityManager
                .createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:key, 0))) locked")
                .setParameter("key", "profile " + agentId)
                .getSingleResult();
        AgentProfile known = entityManager.find(AgentProfile.class, agentId);
        if (known != null || (ifMatch != null && !ifMatch.isBlank())) {
            ETags.ifMatch(ifMatch, known == null ? 0 : known.version());
        }
        AgentProfile profile = known == null ? new AgentProfile(agentId) : known;
        profile.set(properties);
        if (known == null) {
            entityManager.persist(profile);
        }
        directory.chose(agentId, properties.language(), properties.timeZone());
        return profile;
    }
}
