package org.stonechat.kit.rest;

import java.util.Locale;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;

/// Refuses addresses with a NUL in them, which no database can look for.
class ReadableAddress {

    @ServerRequestFilter(preMatching = true)
    @Nullable
    Response check(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getRawPath();
        String query = request.getUriInfo().getRequestUri().getRawQuery();
        if (hasNul(path) || hasNul(query)) {
            throw ProblemException.invalid("", "An address has no NUL in it.");
        }
        return null;
    }

    private static boolean hasNul(@Nullable String raw) {
        return raw != null && raw.toLowerCase(Locale.ROOT).contains("%00");
    }
}
