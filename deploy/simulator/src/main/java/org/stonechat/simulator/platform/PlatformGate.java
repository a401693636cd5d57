package org.stonechat.simulator.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

import org.jspecify.annotations.Nullable;
import org.stonechat.simulator.others.SimulatorKeys;

/// Stands before every call of the platform's API: the injected faults, and the access token. Errors have no
/// body.
@Provider
@PlatformCall
@Priority(Priorities.AUTHENTICATION)
public class PlatformGate implements ContainerRequestFilter {

    private final AccessTokens tokens;
    private final Faults faults;
    private final SimulatorKeys keys;

    PlatformGate(AccessTokens tokens, Faults faults, SimulatorKeys keys) {
        this.keys = keys;
        this.tokens = tokens;
        this.faults = faults;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String address = PlatformAnswer.address(request.getUriInfo());
        faults.take(Faults.Kind.SLOW, address).ifPresent(PlatformGate::hold);
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (faults.happens(Faults.Kind.TOKEN_EXPIRED, address)) {
            tokens.expire(authorization);
        }
        if (!tokens.isGood(authorization) && !signsItself(authorization)) {
            request.abortWith(Response.status(401).build());
            return;
        }
        Optional<Faults.Fault> limited = faults.take(Faults.Kind.RATE_LIMITED, address);
        if (limited.isPresent()) {
            Duration after = limited.get().retryAfter();
            request.abortWith(Response.status(429)
                    .header(HttpHeaders.RETRY_AFTER, after == null ? 1 : Math.max(1, after.toSeconds()))
                    .build());
        } else if (faults.happens(Faults.Kind.SERVER_ERROR, address)) {
            request.abortWith(Response.status(500).build());
        }
    }

    private boolean signsItself(@Nullable String authorization) {
        return authorization != null
                && authorization.startsWith("Bearer ")
                && keys.isAppStoreToken(authorization.substring("Bearer ".length()));
    }

    /// Being slow is what the fault is for; the thread is a virtual one.
    static void hold(Faults.Fault slow) {
        Duration delay = slow.delay() == null ? Duration.ofSeconds(5) : slow.delay();
        long until = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
