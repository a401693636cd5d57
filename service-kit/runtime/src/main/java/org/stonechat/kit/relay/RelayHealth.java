package org.stonechat.kit.relay;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/// Ready while this replica leads or quietly stands by. A broker that is away does not count: events are safe in
/// the log and go out later, so there is no reason to turn requests away.
@Readiness
@ApplicationScoped
class RelayHealth implements HealthCheck {

    private final RelayConfig config;
    private final Relay relay;

    RelayHealth(RelayConfig config, Relay relay) {
        this.config = config;
        this.relay = relay;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("relay");
        if (!config.enabled()) {
            return answer.up().withData("role", "OFF").build();
        }
        Relay.Role role = relay.role();
        answer.status(role.healthy()).withData("role", role.name()).withData("lagBytes", relay.lagBytes());
        add(answer, "lastEvent", relay.lastEventAt());
        add(answer, "waitingForBrokerSince", relay.waitingSince());
        String reason = relay.reason();
        if (!role.healthy() && reason != null) {
            answer.withData("reason", reason);
        }
        return answer.build();
    }

    private static void add(HealthCheckResponseBuilder answer, String name, @Nullable Instant time) {
        if (time != null) {
            answer.withData(name, time.toString());
        }
    }
}
