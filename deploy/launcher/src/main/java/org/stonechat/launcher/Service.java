package org.stonechat.launcher;

import java.util.Arrays;
import java.util.Optional;

/// The services of the platform and what sets each apart for the launcher.
enum Service {
    TICKET("ticket-service", 8081, "ticket", 208),
    REVIEW_INGEST("review-ingest-service", 8082, "review", 168),
    RATING("rating-service", 8083, "rating", 128),
    NOTIFICATION("notification-service", 8084, "notification", 176),
    ANALYTICS("analytics-service", 8085, "analytics", 144);

    /// Replicas of a service lie this far apart.
    static final int REPLICA_STEP = 10;

    private final String module;
    private final int basePort;
    private final String database;
    private final int heapMegabytes;

    Service(String module, int basePort, String database, int heapMegabytes) {
        this.module = module;
        this.basePort = basePort;
        this.database = database;
        this.heapMegabytes = heapMegabytes;
    }

    /// The name of the service, of its Maven module, and of its first replica.
    String module() {
        return module;
    }

    int basePort(int replica) {
        return basePort + REPLICA_STEP * (replica - 1);
    }

    /// The name of its database and of the role that owns it.
    String database() {
        return database;
    }

    /// Whether it has a relay, which needs a role of its own.
    boolean publishes() {
        return this != ANALYTICS;
    }

    /// Whether people wait for it, all day long: it is worth the optimising compiler, and gets a core first. The
    /// others follow events most of the time.
    boolean isWaitedFor() {
        return this == TICKET;
    }

    int heapMegabytes() {
        return heapMegabytes;
    }

    String replicaName(int replica) {
        return replica == 1 ? module : module + "-" + replica;
    }

    static Optional<Service> named(String module) {
        return Arrays.stream(values())
                .filter(service -> service.module.equals(module))
                .findFirst();
    }
}
