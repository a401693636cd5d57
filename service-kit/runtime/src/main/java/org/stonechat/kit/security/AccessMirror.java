package org.stonechat.kit.security;

import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.JsonNode;

/// Takes over what `directory` says of who may do what: whoever is not at work any more, what defined roles may, and
/// the presets of departments. The inbox calls it in every service that hears the topic, before the service's own
/// consumer; the ticket service, which publishes it, with what it tells.
///
/// Records may come twice or, in a rebuild, long after newer ones: what a later one said stays.
@ApplicationScoped
public class AccessMirror {

    public static final String TOPIC = "directory";

    private final AccessTable table;
    private final KnownAccess known;
    private final TransactionSynchronizationRegistry transaction;

    AccessMirror(AccessTable table, KnownAccess known, TransactionSynchronizationRegistry transaction) {
        this.table = table;
        this.known = known;
        this.transaction = transaction;
    }

    /// Part of the running transaction; types that say nothing of rights are ignored.
    @Transactional(Transactional.TxType.MANDATORY)
    public void take(String type, UUID subject, long sequence, JsonNode data) {
        switch (type) {
            case "AgentDefined" -> table.person(subject, data.path("active").asBoolean(), sequence);
            case "RoleDefined" -> table.role(subject, data, sequence);
            case "DepartmentDefined" ->
                table.department(subject, data.path("preset").asText(), sequence);
            default -> {
                return;
            }
        }
        rememberAnew();
    }

    /// The entity is gone: a tombstone says no more than that.
    @Transactional(Transactional.TxType.MANDATORY)
    public void takeTombstone(String type, UUID subject, long sequence) {
        if (type.equals("RoleDefined")) {
            table.roleIsGone(subject, sequence);
            rememberAnew();
        }
    }

    /// Whose account is disabled of those who are not in the directory: customers, where they are known.
    @Transactional(Transactional.TxType.MANDATORY)
    public void disabledOthers(Set<UUID> people) {
        table.disabledOthers(people);
        rememberAnew();
    }

    /// Only once it is true for everybody.
    private void rememberAnew() {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                known.forget();
            }
        });
    }
}
