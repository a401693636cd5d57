package org.stonechat.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.http.BodyLimits;
import org.stonechat.http.PlainAddress;

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
    private static final String CALLER = "stonechat.caller";

    /// Health and figures are asked for by the address of the pod or machine, whatever its name.
    private static final String OWN = "/q/";

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
    private final TrustedProxies proxies;
    private final KnownHosts hosts;
    private final Refusals refusals;
    private final BodyLimits limits;
    private final CallerRoom inFlight;

    /// Who a token belongs to, by the whole header. The services check each token again, whoever let it pass
    /// here.
    private final Cache<String, String> callers;

    private final HttpClient client;
    private final HttpClient liveClient;
    private final Exchange.Means means;

    Crossing(
            RouteTable routes,
            Services services,
            RateLimits rateLimits,
            AllowedOrigins origins,
            HttpAuthenticator authenticator,
            TrustedProxies proxies,
            KnownHosts hosts,
            Refusals refusals,
            GatewayConfig config,
            Vertx vertx,
            MeterRegistry meters) {
        this.routes = routes;
        this.services = services;
        this.rateLimits = rateLimits;
        this.origins = origins;
        this.authenticator = authenticator;
        this.proxies = proxies;
        this.hosts = hosts;
        this.refusals = refusals;
        this.limits = new BodyLimits(
                config.maxBody().asLongValue(),
                config.maxBodyOf().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().asLongValue())));
        this.inFlight = new CallerRoom(
                config.bytesInFlight().asLongValue(),
                config.callerBytesInFlight().asLongValue());
        meters.gauge("stonechat.gateway.bytes.in.flight", inFlight, CallerRoom::taken);
        this.callers = Caffeine.newBuilder()
                .maximumSize(CALLERS_REMEMBERED)
                .expireAfterWrite(config.rememberToken())
                .build();
        this.client = vertx.createHttpClient(options(config, config.connectionsPerReplica())
                .setMaxWaitQueueSize(config.waitingPerReplica())
                .setName("services"));
        // A stream that finds no room would wait for one that may last for hours.
        this.liveClient = vertx.createHttpClient(options(config, config.liveStreamsPerReplica())
                .setMaxWaitQueueSize(0)
                .setName("live"));
        this.means = new Exchange.Means(vertx, client, liveClient, config, meters);
    }

    private static HttpClientOptions options(GatewayConfig config, int connections) {
        return new HttpClientOptions()
                .setMaxPoolSize(connections)
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                // Shorter than the services' own idle timeout: a connection is never used while
                // its other end is closing it.
                .setKeepAliveTimeout(20)
                .setTcpKeepAlive(true)
                .setMaxHeaderSize(32 * 1024)
                .setMaxInitialLineLength(16 * 1024);
    }

    @PreDestroy
    void close() {
        client.close();
        liveClient.close();
    }

    void name(@Observes Filters filters) {
        filters.register(this::name, FIRST);
    }

    void route(@Observes Router router) {
        router.route("/api/v1/*").handler(this::cross).failureHandler(this::unexpected);
        router.route("/rate/*").handler(this::cross).failureHandler(this::unexpected);
        router.route()
                .order(LAST)
                .handler(context -> refuse(context, new Problem(EdgeError.NOT_FOUND)))
                .failureHandler(this::unexpected);
    }

    private void name(RoutingContext context) {
        String correlationId = correlationId(context.request().getHeader(EdgeHeaders.CORRELATION_ID));
        TrustedProxies.Caller caller = proxies.callerOf(context.request());
        context.put(CORRELATION_ID, correlationId);
        context.put(CALLER, caller);
        context.addHeadersEndHandler(headersComplete -> {
            context.response().headers().set(EdgeHeaders.CORRELATION_ID, correlationId);
            EdgeHeaders.addSecurityHeaders(
                    context.response().headers(), caller.scheme().equals("https"));
        });
        String path = String.valueOf(context.request().path());
        if (routes.isPublic(path) && "null".equals(context.request().getHeader(HttpHeaders.ORIGIN))) {
            // A form on a page that sends no referrer has no origin either (Fetch, 3.2); its token speaks for it.
            context.request().headers().remove(HttpHeaders.ORIGIN);
        }
        if (!PlainAddress.isPlain(path)) {
            refuse(context, new Problem(EdgeError.PATH_INVALID));
        } else if (!path.startsWith(OWN) && !hosts.knows(caller.host())) {
            refuse(context, new Problem(EdgeError.HOST_INVALID));
        } else if (!origins.allow(context.request(), caller)) {
            refuse(context, new Problem(EdgeError.ORIGIN_NOT_ALLOWED));
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
            refuse(context, new Problem(EdgeError.METHOD_NOT_ALLOWED));
            return;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long limit = limits.of(path);
        if (length != null && Long.parseLong(length) > limit) {
            refuse(context, new Problem(EdgeError.PAYLOAD_TOO_LARGE, Exchange.tooLargeDetail(limit)));
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
            refuseUnknown(context, EdgeError.UNAUTHENTICATED);
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
            refuseUnknown(context, EdgeError.UNAUTHENTICATED);
        } else {
            LOG.warnf(failure, "access tokens cannot be checked");
            refuseUnknown(context, EdgeError.IDENTITY_PROVIDER_UNAVAILABLE);
        }
    }

    /// Refusals are counted by address, so that guessing tokens is slow.
    private void refuseUnknown(RoutingContext context, EdgeError error) {
        boolean within = rateLimits.admit(addressOf(context), context.response().headers());
        refuse(context, new Problem(within ? error : EdgeError.TOO_MANY_REQUESTS));
    }

    private void refuse(RoutingContext context, Problem problem) {
        if (problem.error() != EdgeError.IDENTITY_PROVIDER_UNAVAILABLE) {
            note(context, problem);
        }
        problem.answer(context);
    }

    private void note(RoutingContext context, Problem problem) {
        refusals.refused(
                problem.error().code(),
                problem.error().status(),
                context.request().method().name(),
                routes.prefixOf(String.valueOf(context.request().path())).orElse(null),
                callerOf(context).address(),
                context.get(CORRELATION_ID));
    }

    private void admit(RoutingContext context, Replicas replicas, String caller) {
        if (!rateLimits.admit(caller, context.response().headers())) {
            refuse(context, new Problem(EdgeError.TOO_MANY_REQUESTS));
            return;
        }
        long limit = limits.of(String.valueOf(context.request().path()));
        long held = Exchange.held(context.request(), limit, means.config());
        if (context.response().closed()) {
            // The caller left while its token was looked at: its end was already told, to nobody.
            return;
        }
        if (!inFlight.take(caller, held)) {
            refuse(context, new Problem(EdgeError.OVERLOADED));
            return;
        }
        AtomicBoolean returned = new AtomicBoolean();
        Runnable giveBack = () -> {
            if (returned.compareAndSet(false, true)) {
                inFlight.giveBack(caller, held);
            }
        };
        context.addEndHandler(ended -> giveBack.run());
        if (context.response().closed()) {
            giveBack.run();
            return;
        }
        String correlationId = context.get(CORRELATION_ID);
        new Exchange(
                        means,
                        replicas,
                        context,
                        new Exchange.Admission(
                                callerOf(context), correlationId, limit, problem -> note(context, problem)))
                .run();
    }

    private void unexpected(RoutingContext context) {
        if (context.failure() == null || context.statusCode() == 400) {
            // The router could not read the address.
            refuse(context, new Problem(EdgeError.REQUEST_INVALID));
            return;
        }
        LOG.error("request failed unexpectedly", context.failure());
        new Problem(EdgeError.INTERNAL).answer(context);
    }

    private TrustedProxies.Caller callerOf(RoutingContext context) {
        TrustedProxies.Caller known = context.get(CALLER);
        return known == null ? proxies.callerOf(context.request()) : known;
    }

    private String addressOf(RoutingContext context) {
        return "address " + callerOf(context).address();
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
