package org.stonechat.gateway;

/// Every refusal that is the gateway's own, with its stable code.
enum EdgeError {
    REQUEST_INVALID("request-invalid", 400, "The request cannot be read"),
    PATH_INVALID("path-invalid", 400, "The path is not in its plain form"),
    HOST_INVALID("host-invalid", 400, "This host is not known here"),
    UNAUTHENTICATED("unauthenticated", 401, "A valid access token is needed"),
    ORIGIN_NOT_ALLOWED("origin-not-allowed", 403, "Pages of this origin may not call this API"),
    NOT_FOUND("not-found", 404, "There is no such thing, or you may not see it"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This method is not offered here"),
    REQUEST_TIMEOUT("request-timeout", 408, "The request took too long to arrive"),
    PAYLOAD_TOO_LARGE("payload-too-large", 413, "The request is larger than allowed"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests in a short time"),
    INTERNAL("internal-error", 500, "Something went wrong on our side"),
    UPSTREAM_FAILED("upstream-failed", 502, "The service behind this could not be reached or broke off"),
    UPSTREAM_BUSY("upstream-busy", 503, "The service behind this has no room for more at the moment"),
    IDENTITY_PROVIDER_UNAVAILABLE(
            "identity-provider-unavailable", 503, "Access tokens cannot be checked at the moment"),
    OVERLOADED("overloaded", 503, "Too much is being sent here at the moment"),
    UPSTREAM_TIMEOUT("upstream-timeout", 504, "The service behind this did not answer in time");

    private final String code;
    private final int status;
    private final String title;

    EdgeError(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }
}
