package org.stonechat.ticket.agent;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/// Notices within seconds that an account was disabled: a dismissed person must not read on until the next full look of
/// [DirectoryPoll]. Each replica looks, because finding the same twice changes nothing.
@ApplicationScoped
class DisabledAccounts {

    private static final Logger LOG = Logger.getLogger(DisabledAccounts.class);

    private final IdentityProvider identityProvider;
    private final Directory directory;
    private final DirectoryConfig config;
    private final CountDownLatch stopped = new CountDownLatch(1);

    DisabledAccounts(IdentityProvider identityProvider, Directory directory, DirectoryConfig config) {
        this.identityProvider = identityProvider;
        this.directory = directory;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            Thread.ofVirtual().name("disabled-accounts").start(this::lookUntilStopped);
        }
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopped.countDown();
    }

    private void lookUntilStopped() {
        boolean failing = false;
        Set<UUID> last = Set.of();
        try {
            while (!stopped.await(config.look().toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    Set<UUID> disabled = identityProvider.disabled();
                    if (!disabled.isEmpty() || !last.isEmpty()) {
                        tell(disabled);
                    }
                    last = disabled;
                    failing = false;
                } catch (RuntimeException failure) {
                    if (!failing) {
                        LOG.warnf(
                                "it cannot be seen at the moment whose account is disabled: %s", failure.getMessage());
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Set<UUID> disabled) {
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        try {
            directory.disabled(disabled);
        } finally {
            request.terminate();
        }
    }
}
