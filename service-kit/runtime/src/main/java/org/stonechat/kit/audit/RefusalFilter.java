package org.stonechat.kit.audit;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.problem.ProblemDocument;
import org.stonechat.kit.security.AccountDisabled;
import org.stonechat.kit.security.Roles;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;

/// Sees every answer, whoever gave it, and notes those that refuse.
class RefusalFilter {

    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;

    private final Refusals refusals;
    private final CurrentIdentityAssociation identity;

    RefusalFilter(Refusals refusals, CurrentIdentityAssociation identity) {
        this.refusals = refusals;
        this.identity = identity;
    }

    @ServerResponseFilter
    void answered(ContainerRequestContext request, ContainerResponseContext response, ResourceInfo resource) {
        int status = response.getStatus();
        if (status != UNAUTHENTICATED && status != FORBIDDEN) {
            return;
        }
        String operation = request.getMethod() + " " + template(resource);
        String code = response.getEntity() instanceof ProblemDocument problem ? problem.code() : null;
        if (status == UNAUTHENTICATED) {
            refusals.note(new Refusals.Refusal(Actor.Kind.SYSTEM, null, operation, code));
            return;
        }
        // Known by now, for it was judged; not to be waited for on a thread that must not block.
        identity.getDeferredIdentity()
                .subscribe()
                .with(
                        known -> refusals.note(refusal(known, operation, code)),
                        unknown -> refusals.note(refusal(unknown, operation, code)));
    }

    private static Refusals.Refusal refusal(Throwable unknown, String operation, @Nullable String code) {
        return unknown instanceof AccountDisabled disabled
                ? new Refusals.Refusal(
                        disabled.isCustomer() ? Actor.Kind.CUSTOMER : Actor.Kind.AGENT,
                        disabled.person().toString(),
                        operation,
                        code)
                : new Refusals.Refusal(Actor.Kind.SYSTEM, null, operation, code);
    }

    private static Refusals.Refusal refusal(SecurityIdentity identity, String operation, @Nullable String code) {
        String id = identity.getPrincipal() instanceof JsonWebToken token ? token.getSubject() : null;
        Actor.Kind kind = identity.isAnonymous()
                ? Actor.Kind.SYSTEM
                : identity.hasRole(Roles.CUSTOMER) ? Actor.Kind.CUSTOMER : Actor.Kind.AGENT;
        return new Refusals.Refusal(kind, id, operation, code);
    }

    /// With the names of its parameters: what stands in their places may be a token.
    private static String template(ResourceInfo resource) {
        if (resource.getResourceMethod() == null) {
            return "";
        }
        StringBuilder path = new StringBuilder();
        append(path, resource.getResourceClass().getAnnotation(Path.class));
        append(path, resource.getResourceMethod().getAnnotation(Path.class));
        return path.toString();
    }

    private static void append(StringBuilder path, @Nullable Path part) {
        if (part == null || part.value().equals("/")) {
            return;
        }
        if (!part.value().startsWith("/")) {
            path.append('/');
        }
        path.append(part.value());
    }
}
