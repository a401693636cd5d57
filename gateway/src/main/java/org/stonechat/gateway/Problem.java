package org.stonechat.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/// An error of the gateway as RFC 9457 has it, worded like those of the services.
record Problem(EdgeError error, String detail) {

    private static final long LINGER_MILLISECONDS = 1000;

    static final String MEDIA_TYPE = "application/problem+json";

    Problem(EdgeError error) {
        this(error, error.title() + ".");
    }

    Buffer body() {
        return new JsonObject()
                .put("type", "urn:stonechat:problem:" + error.code())
                .put("title", error.title())
                .put("status", error.status())
                .put("detail", detail)
                .put("code", error.code())
                .toBuffer();
    }

    /// Answers a request that was not passed on. What is left of its body is read and dropped, unless it is
    /// too much or too slow: then the connection is closed.
    void answer(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(error.status()).putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        if (error == EdgeError.UNAUTHENTICATED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (error == EdgeError.OVERLOADED) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        if (closesConnection()) {
            context.addEndHandler(sent -> hangUp(context));
        }
        context.request().resume();
        response.end(body());
    }

    /// Ends what the caller is still sending, and the connection with it. The caller gets a moment to read the answer
    /// first, because closing on unread bytes may throw it away (RFC 9112,
    /// section 9.6).
    static void hangUp(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        context.vertx()
                .setTimer(LINGER_MILLISECONDS, timer -> request.connection().close());
    }

    boolean closesConnection() {
        return error == EdgeError.PAYLOAD_TOO_LARGE
                || error == EdgeError.REQUEST_TIMEOUT
                || error == EdgeError.OVERLOADED;
    }
}
