package org.stonechat.notification.presence;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

@ApplicationScoped
class AgentPresenceRepository implements PanacheRepositoryBase<AgentPresence, UUID> {}
