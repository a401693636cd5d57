package org.stonechat.gateway;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;

/// The services behind the gateway, and the watch over their replicas' readiness.
@Singleton
public class Services {

    private static final Logger LOG = Logger.getLogger(Services.class);

    private final Map<String, Replicas> byName = new TreeMap<>();
    private final Vertx vertx;
    private final GatewayConfig.Health config;
    private final HttpClient client;
    private long timer;

    Services(GatewayConfig config, Vertx vertx, MeterRegistry meters) {
        this.vertx = vertx;
        this.config = config.health();
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(config.health().timeout().toMillis()))
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setKeepAliveTimeout(20));
        config.services().forEach((service, addresses) -> {
            Replicas replicas =
                    new Replicas(service, addresses.stream().map(Replica::new).toList());
            byName.put(service, replicas);
            for (Replica replica : replicas.all()) {
                Gauge.builder("stonechat.gateway.replica.ready", replica, it -> it.isReady() ? 1 : 0)
                        .description("1 while the replica takes requests")
                        .tag("service", service)
                        .tag("replica", replica.toString())
                        .register(meters);
            }
        });
    }

    void watch(@Observes StartupEvent started) {
        checkAll();
        timer = vertx.setPeriodic(config.interval().toMillis(), tick -> checkAll());
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
        client.close();
    }

    /// In the order of their names.
    public Collection<Replicas> all() {
        return byName.values();
    }

    Replicas named(String service) {
        Replicas replicas = byName.get(service);
        if (replicas == null) {
            throw new IllegalArgumentException("no service is named " + service);
        }
        return replicas;
    }

    private void checkAll() {
        for (Replicas replicas : byName.values()) {
            for (Replica replica : replicas.all()) {
                check(replicas.service(), replica);
            }
        }
    }

    private void check(String service, Replica replica) {
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(replica.host())
                        .setPort(replica.port())
                        .setURI("/q/health/ready")
                        .setTimeout(config.timeout().toMillis()))
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> response.statusCode() == 200))
                .otherwise(false)
                .onSuccess(ready -> {
                    if (replica.seen(ready)) {
                        LOG.infof("replica %s of %s is %s", replica, service, ready ? "ready" : "not ready");
                    }
                });
    }
}
