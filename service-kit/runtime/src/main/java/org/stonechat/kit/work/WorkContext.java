package org.stonechat.kit.work;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.TraceParent;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;

/// Restores around an attempt what the scheduling transaction knew: who acted, why, and in which trace.
@ApplicationScoped
class WorkContext {

    private final Cause cause;
    private final Tracer tracer;

    WorkContext(Cause cause, OpenTelemetry telemetry) {
        this.cause = cause;
        this.tracer = telemetry.getTracer("org.stonechat.kit.work");
    }

    void within(WorkTable.Claim claim, Runnable attempt) {
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        Span span = tracer.spanBuilder("work " + claim.item().kind())
                .setParent(TraceParent.parentOf(claim.traceParent()))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("stonechat.work.attempt", claim.item().attempt())
                .startSpan();
        try (Scope entered = span.makeCurrent()) {
            cause.follow(claim.actor(), claim.causationId(), claim.correlationId());
            attempt.run();
        } finally {
            span.end();
            request.terminate();
        }
    }
}
