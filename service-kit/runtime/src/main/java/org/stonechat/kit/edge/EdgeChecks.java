package org.stonechat.kit.edge;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.stonechat.http.BodyLimits;
import org.stonechat.http.PathPattern;
import org.stonechat.http.PlainAddress;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemDocument;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/// Looks at each request before anything of its body is read.
@Singleton
class EdgeChecks {

    /// Before whatever decides by the path.
    private static final int FIRST = 1000;

    private final BodyLimits limits;
    private final List<String> spooled;
    private final HeldBodies held;

    EdgeChecks(EdgeConfig config, HeldBodies held) {
        this.limits = new BodyLimits(
                config.maxBody().asLongValue(),
                config.maxBodyOf().entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKey(),
                                entry -> entry.getValue().asLongValue())));
        this.spooled = config.spooled().orElse(List.of());
        this.held = held;
    }

    void address(@Observes Filters filters) {
        filters.register(this::checkAddress, FIRST);
    }

    void body(@Observes Router router) {
        // After Quarkus's own limit, whose word for this request it replaces.
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1).handler(this::checkBody);
    }

    private void checkAddress(RoutingContext context) {
        String path = context.request().path();
        String query = context.request().query();
        if (path == null || !PlainAddress.isPlain(path)) {
            refuse(context, CommonError.PATH_INVALID, "Send the path without dot segments, ; and encoded separators.");
        } else if (query != null && query.contains("%00")) {
            refuse(context, CommonError.REQUEST_INVALID, "A query has no NUL in it.");
        } else {
            context.next();
        }
    }

    private void checkBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            context.next();
            return;
        }
        long limit = limits.of(request.path());
        long announced = length == null ? limit : Long.parseLong(length);
        if (announced > limit) {
            hangUpAfter(context);
            refuse(context, CommonError.PAYLOAD_TOO_LARGE, "A body may have at most " + limit + " bytes here.");
            return;
        }
        context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit);
        if (isSpooled(request.path())) {
            context.next();
        } else if (held.take(announced)) {
            context.addEndHandler(ended -> held.giveBack(announced));
            context.next();
        } else {
            hangUpAfter(context);
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            refuse(
                    context,
                    CommonError.UNAVAILABLE,
                    "Too much is being sent at the moment. Send it again in a second.");
        }
    }

    private boolean isSpooled(String path) {
        return spooled.stream().anyMatch(pattern -> PathPattern.matches(path, pattern));
    }

    /// What is still to come of the body is not waited for.
    private static void hangUpAfter(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }

    private static void refuse(RoutingContext context, CommonError error, String detail) {
        HttpServerResponse response = context.response();
        response.setStatusCode(error.status()).putHeader(HttpHeaders.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE);
        response.end(new JsonObject()
                .put("type", "urn:stonechat:problem:" + error.code())
                .put("title", error.title())
                .put("status", error.status())
                .put("detail", detail)
                .put("code", error.code())
                .toBuffer());
    }
}
