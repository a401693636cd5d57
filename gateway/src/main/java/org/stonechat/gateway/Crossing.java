package org.stonechat.gateway;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/// The way of every request: name it, look at its form, know its service, know the caller, count it, pass it on.
@Singleton
class Crossing {

    private static final Logger LOG = Logger.getLogger(Crossing.class);
    private static final String CORRELATION_ID = "stonechat.correlation-id";
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private static final int CALLERS_REMEMBERED = 2_000;

    /// Before Quarkus's own CORS filter (300), so that its answers are named and hardened too.
    private static final int FIRST = 400;

    /// After everything that Quarkus routes.
    private static final int LAST = 100_000;

    private final RouteTable routes;
    private final Services services;
    private final RateLimits rateLimits;
    private final AllowedOrigins origins;
    private final HttpAuthenticator authenticator;
    private final GatewayConfig config;

    /// Who a token belongs to, by the whole header. The services check each token again, whoever let it pass
    /// here.
    private final Cache<String, String> callers;

    private final HttpClient client;
    private final Exchange.Means means;

    Crossing(
            RouteTable routes,
            Services services,
            RateLimits rateLimits,
            AllowedOrigins origins,
            HttpAuthenticator authenticator,
            GatewayConfig config,
            Vertx vertx,
            MeterRegistry meters) {
        this.routes = routes;
        this.services = services;
        this.rateLimits = rateLimits;
        this.origins = origins;
        this.authenticator = authenticator;
        this.config = config;
        this.callers = Caffeine.newBuilder()
                .maximumSize(CALLERS_REMEMBERED)
                .expireAfterWrite(config.rememberToken())
                .build();
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(config.connectionsPerReplica())
                .setMaxWaitQueueSize(config.waitingPerReplica())
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                // Shorter than the services' own idle timeout: a connection is never used while
                // its other end is closing it.
                .setKeepAliveTimeout(20)
                .setTcpKeepAlive(true)
                .setMaxHeaderSize(32 * 1024)
                .setMaxInitialLineLength(16 * 1024)
                .setName("services"));
        this.means = new Exchange.Means(vertx, client, config, meters);
    }

    @PreDestroy
    void close() {
        client.close();
    }

    void name(@Observes Filters filters) {
        filters.register(this::name, FIRST);
    }

    void route(@Observes Router router) {
        router.route("/api/v1/*").handler(this::cross).failureHandler(this::unexpected);
        router.route("/rate/*").handler(this::cross).failureHandler(this::unexpected);
        router.route()
                .order(LAST)
                .handler(context -> new Problem(EdgeError.NOT_FOUND).answer(context))
                .failureHandler(this::unexpected);
    }

    private void name(RoutingContext context) {
        String correlationId = correlationId(context.request().getHeader(EdgeHeaders.CORRELATION_ID));
        context.put(CORRELATION_ID, correlationId);
        context.addHeadersEndHandler(headersComplete -> {
            context.response().headers().set(EdgeHeaders.CORRELATION_ID, correlationId);
            EdgeHeaders.addSecurityHeaders(
                    context.response().headers(),
                    "https".equals(context.request().scheme()));
        });
        String path = context.request().path();
        if (routes.isPublic(path) && "null".equals(context.request().getHeader(HttpHeaders.ORIGIN))) {
            // A form on a page that sends no referrer has no origin either (Fetch, 3.2); its token speaks for it.
            context.request().headers().remove(HttpHeaders.ORIGIN);
        }
        if (!RouteTable.isPlain(path)) {
            new Problem(EdgeError.PATH_INVALID).answer(context);
        } else if (!origins.allow(context.request())) {
            new Problem(EdgeError.ORIGIN_NOT_ALLOWED).answer(context);
        } else {
            context.next();
        }
    }

    /// A caller's own id is kept when it is a UUID, so that nothing else gets into logs and events.
    private static String correlationId(@Nullable String given) {
        if (given != null && given.length() == 36) {
            try {
                return UUID.fromString(given).toString();
            } catch (IllegalArgumentException notAnId) {
                LOG.debug("a correlation id that is no UUID was replaced");
            }
        }
        return UUID.randomUUID().toString();
    }

    private void cross(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = request.path();
        Optional<String> service = routes.serviceFor(path);
        if (service.isEmpty()) {
            // What the gateway answers itself comes later in the router; the rest ends as 404.
            context.next();
            return;
        }
        if (!METHODS.contains(request.method())) {
            new Problem(EdgeError.METHOD_NOT_ALLOWED).answer(context);
            return;
        }
        if (isTooLarge(request.getHeader(HttpHeaders.CONTENT_LENGTH))) {
            new Problem(EdgeError.PAYLOAD_TOO_LARGE, Exchange.tooLargeDetail(config)).answer(context);
            return;
        }
        Replicas replicas = services.named(service.get());
        if (routes.isPublic(path)) {
            admit(context, replicas, addressOf(context));
            return;
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        String caller = authorization == null ? null : callers.getIfPresent(authorization);
        if (caller != null) {
            admit(context, replicas, caller);
            return;
        }
        request.pause();
        Context eventLoop = Vertx.currentContext();
        authenticator
                .attemptAuthentication(context)
                .subscribe()
                .with(
                        identity -> onLoop(eventLoop, () -> known(context, replicas, identity)),
                        failure -> onLoop(eventLoop, () -> unknown(context, failure)));
    }

    private void known(RoutingContext context, Replicas replicas, @Nullable SecurityIdentity identity) {
        if (identity == null || identity.isAnonymous()) {
            refuse(context, EdgeError.UNAUTHENTICATED);
            return;
        }
        String caller = "subject " + identity.getPrincipal().getName() + subjectOf(identity);
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            callers.put(authorization, caller);
        }
        admit(context, replicas, caller);
    }

    private void unknown(RoutingContext context, Throwable failure) {
        if (failure instanceof AuthenticationException) {
            refuse(context, EdgeError.UNAUTHENTICATED);
        } else {
            LOG.warnf(failure, "access tokens cannot be checked");
            refuse(context, EdgeError.IDENTITY_PROVIDER_UNAVAILABLE);
        }
    }

    /// Refusals are counted by address, so that guessing tokens is slow.
    private void refuse(RoutingContext context, EdgeError error) {
        boolean within = rateLimits.admit(addressOf(context), context.response().headers());
        new Problem(within ? error : EdgeError.TOO_MANY_REQUESTS).answer(context);
    }

    private void admit(RoutingContext context, Replicas replicas, String caller) {
        if (!rateLimits.admit(caller, context.response().headers())) {
            new Problem(EdgeError.TOO_MANY_REQUESTS).answer(context);
            return;
        }
        String correlationId = context.get(CORRELATION_ID);
        new Exchange(means, replicas, context, correlationId).run();
    }

    private void unexpected(RoutingContext context) {
        if (context.failure() != null) {
            LOG.error("request failed unexpectedly", context.failure());
        }
        new Problem(EdgeError.INTERNAL).answer(context);
    }

    private boolean isTooLarge(@Nullable String contentLength) {
        return contentLength != null
                && Long.parseLong(contentLength) > config.maxBody().asLongValue();
    }

    private static String addressOf(RoutingContext context) {
        return "address " + context.request().remoteAddress().hostAddress();
    }

    private static String subjectOf(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof org.eclipse.microprofile.jwt.JsonWebToken token
                ? " " + token.getSubject()
                : "";
    }

    private static void onLoop(Context eventLoop, Runnable task) {
        if (Vertx.currentContext() == eventLoop) {
            task.run();
        } else {
            eventLoop.runOnContext(back -> task.run());
        }
    }
}
