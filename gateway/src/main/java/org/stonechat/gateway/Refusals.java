package org.stonechat.gateway;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;

/// Who was refused what: a line and a count. The gateway keeps nothing, so this is all that is left of an attack that
/// came no further.
@Singleton
class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private static final int KINDS_PER_WINDOW = 1_000;

    private final MeterRegistry meters;
    private final RefusalLog log = new RefusalLog(KINDS_PER_WINDOW, LOG::info);

    Refusals(MeterRegistry meters, Vertx vertx, GatewayConfig config) {
        this.meters = meters;
        vertx.setPeriodic(config.refusalWindow().toMillis(), timer -> log.endWindow());
    }

    /// @param route   the prefix of the path that names a service; the path itself may hold a token
    /// @param address of the caller, null when it has left
    void refused(
            String code,
            int status,
            @Nullable String method,
            @Nullable String route,
            @Nullable String address,
            @Nullable String correlationId) {
        meters.counter("stonechat.gateway.refusals", "code", code).increment();
        log.refused(
                code,
                address,
                "refused code=%s status=%d method=%s route=%s address=%s correlationId=%s"
                        .formatted(
                                code, status, orDash(method), orDash(route), orDash(address), orDash(correlationId)));
    }

    private static String orDash(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
