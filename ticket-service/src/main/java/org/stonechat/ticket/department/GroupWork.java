package org.stonechat.ticket.department;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.ticket.agent.IdentityProvider;

/// Finds or creates the group of a department at the identity provider; doing it twice does no harm.
@ApplicationScoped
class GroupWork implements WorkHandler {

    static final String KIND = "department-group";

    private final IdentityProvider identityProvider;

    GroupWork(IdentityProvider identityProvider) {
        this.identityProvider = identityProvider;
    }

    record Wanted(UUID departmentId, String name) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public int maxAttempts() {
        return 50;
    }

    @Override
    public Outcome perform(WorkItem item) {
        Wanted wanted = item.payloadAs(Wanted.class);
        try {
            identityProvider.ensureGroup(wanted.departmentId(), wanted.name());
            return Outcome.done();
        } catch (IdentityProvider.Refused refusal) {
            return Outcome.failed(
                    "the identity provider does not let this service create groups: " + refusal.getMessage());
        } catch (IdentityProvider.Unavailable away) {
            return Outcome.retry("the identity provider is away: " + away.getMessage());
        }
    }
}
