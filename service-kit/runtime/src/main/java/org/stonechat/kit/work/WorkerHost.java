package org.stonechat.kit.work;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.listen.NotificationListener;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/// Runs the one worker of this process from start-up to shutdown.
@ApplicationScoped
class WorkerHost {

    private final List<WorkHandler> handlers = new ArrayList<>();
    private final WorkTable table;
    private final WorkContext context;
    private final WorkMetrics metrics;
    private final WorkConfig config;
    private final InstantSource clock;
    private final DueWork work;
    private final Optional<String> url;
    private final Optional<String> user;
    private final Optional<String> password;
    private @Nullable Worker worker;
    private @Nullable NotificationListener listener;

    WorkerHost(
            @Any Instance<WorkHandler> handlers,
            WorkTable table,
            WorkContext context,
            WorkMetrics metrics,
            WorkConfig config,
            InstantSource clock,
            DueWork work,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") Optional<String> url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        handlers.forEach(this.handlers::add);
        this.table = table;
        this.context = context;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
        this.work = work;
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /// Late, so that whatever a handler needs is there when the first piece is claimed.
    void start(@Observes @Priority(Integer.MAX_VALUE) StartupEvent started) {
        if (!config.enabled()) {
            return;
        }
        work.startRecurring(
                FinishedWorkPurge.KIND, FinishedWorkPurge.SUBJECT, clock.instant(), FinishedWorkPurge.NOTHING);
        metrics.watch(handlers.stream().map(WorkHandler::kind).toList());
        Worker worker = new Worker(Uuid7.next(), handlers, table, context, metrics, config, clock);
        worker.start();
        this.worker = worker;
        NotificationListener listener = new NotificationListener(
                url.orElseThrow(), user.orElse(""), password.orElse(""), WorkTable.CHANNEL, worker::wake);
        listener.start();
        this.listener = listener;
    }

    /// Early, while what the running attempts use is still there.
    void stop(@Observes @Priority(1) ShutdownEvent stopping) {
        if (listener != null) {
            listener.close();
        }
        if (worker != null) {
            worker.stop(config.shutdownGrace());
        }
    }
}
