package org.stonechat.kit.security;

import java.util.UUID;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.Uuid7;

import io.quarkus.security.identity.CurrentIdentityAssociation;

/// Names the caller as the actor of the request, and carries on the correlation id that came with it.
class RequestCause {

    static final String HEADER = "X-Correlation-Id";

    private final Cause cause;
    private final Instance<CurrentUser> user;

    RequestCause(Cause cause, Instance<CurrentUser> user, CurrentIdentityAssociation identity) {
        this.cause = cause;
        this.user = user;
    }

    @ServerRequestFilter
    void enter(ContainerRequestContext request) {
        cause.follow(user.get().actor(), null, correlationId(request.getHeaderString(HEADER)));
    }

    private static UUID correlationId(@org.jspecify.annotations.Nullable String header) {
        if (header == null) {
            return Uuid7.next();
        }
        try {
            return UUID.fromString(header);
        } catch (IllegalArgumentException notOurs) {
            return Uuid7.next();
        }
    }
}
