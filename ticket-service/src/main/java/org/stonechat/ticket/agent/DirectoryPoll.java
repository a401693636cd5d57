package org.stonechat.ticket.agent;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.stonechat.kit.work.DueWork;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

import io.quarkus.runtime.StartupEvent;

/// Asks the identity provider who works here, again and again, one replica at a time.
@ApplicationScoped
class DirectoryPoll implements WorkHandler {

    private static final String KIND = "directory-poll";
    private static final String SUBJECT = "people";
    private static final Logger LOG = Logger.getLogger(DirectoryPoll.class);

    private final IdentityProvider identityProvider;
    private final Directory directory;
    private final DueWork dueWork;
    private final InstantSource clock;
    private final DirectoryConfig config;

    DirectoryPoll(
            IdentityProvider identityProvider,
            Directory directory,
            DueWork dueWork,
            InstantSource clock,
            DirectoryConfig config) {
        this.identityProvider = identityProvider;
        this.directory = directory;
        this.dueWork = dueWork;
        this.clock = clock;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            dueWork.startRecurring(KIND, SUBJECT, clock.instant(), Map.of());
        }
    }

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
        return Integer.MAX_VALUE;
    }

    @Override
    public Outcome perform(WorkItem item) {
        List<IdentityProvider.Person> people;
        try {
            people = identityProvider.people(directory.staff());
        } catch (IdentityProvider.Unavailable | IdentityProvider.Refused failure) {
            LOG.warnf("people could not be read from the identity provider: %s", failure.getMessage());
            return Outcome.retry(String.valueOf(failure.getMessage()), config.poll());
        }
        return Outcome.done(() -> {
            directory.mirror(people);
            dueWork.schedule(KIND, SUBJECT, clock.instant().plus(config.poll()), null, Map.of());
        });
    }
}
