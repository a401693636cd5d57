package org.stonechat.simulator.platform;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.simulator.SimulatorConfig;

/// The tokens the platform has given out. None survives a restart.
@ApplicationScoped
public class AccessTokens {

    private static final String BEARER = "Bearer ";

    private final Map<String, Instant> endings = new ConcurrentHashMap<>();
    private final SimulatorConfig.Platform config;
    private final InstantSource clock;

    AccessTokens(SimulatorConfig config, InstantSource clock) {
        this.config = config.platform();
        this.clock = clock;
    }

    public String issue() {
        Instant now = clock.instant();
        endings.values().removeIf(ending -> ending.isBefore(now));
        String token = "sim." + UUID.randomUUID();
        endings.put(token, now.plus(config.tokenLifetime()));
        return token;
    }

    boolean isGood(@Nullable String authorization) {
        Instant ending = ending(authorization);
        return ending != null && clock.instant().isBefore(ending);
    }

    void expire(@Nullable String authorization) {
        if (authorization != null && authorization.startsWith(BEARER)) {
            endings.remove(authorization.substring(BEARER.length()));
        }
    }

    private @Nullable Instant ending(@Nullable String authorization) {
        return authorization != null && authorization.startsWith(BEARER)
                ? endings.get(authorization.substring(BEARER.length()))
                : null;
    }
}
