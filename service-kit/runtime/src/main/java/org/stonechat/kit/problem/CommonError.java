package org.stonechat.kit.problem;

/// The errors every service knows.
public enum CommonError implements ErrorCode {
    REQUEST_INVALID("request-invalid", 400, "The request does not fit the contract"),
    FIELD_UNKNOWN("field-unknown", 400, "The request holds a field that is not known here"),
    CURSOR_INVALID("cursor-invalid", 400, "The cursor is not one of ours"),
    PATH_INVALID("path-invalid", 400, "The path is not in its plain form"),
    UNAUTHENTICATED("unauthenticated", 401, "A valid access token is needed"),
    FORBIDDEN("forbidden", 403, "Your role does not allow this"),
    ACCOUNT_DISABLED("account-disabled", 403, "Your account is disabled"),
    NOT_FOUND("not-found", 404, "There is no such thing, or you may not see it"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This method is not offered here"),
    NOT_ACCEPTABLE("not-acceptable", 406, "None of the accepted media types is offered here"),
    REQUEST_TIMEOUT("request-timeout", 408, "The request took too long to arrive"),
    CONFLICT("conflict", 409, "The current state does not allow this"),
    IDEMPOTENCY_IN_FLIGHT("idempotency-in-flight", 409, "A request with this Idempotency-Key is still running"),
    VERSION_STALE("version-stale", 412, "It was changed since you read it"),
    PAYLOAD_TOO_LARGE("payload-too-large", 413, "The request is larger than allowed"),
    MEDIA_TYPE_UNSUPPORTED("media-type-unsupported", 415, "This media type is not understood here"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "This Idempotency-Key was used with another request"),
    PRECONDITION_REQUIRED("precondition-required", 428, "Send If-Match with the version you read"),
    INTERNAL("internal-error", 500, "Something went wrong on our side"),
    UNAVAILABLE("unavailable", 503, "A part this needs is not available at the moment");

    private final String code;
    private final int status;
    private final String title;

    CommonError(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /// The common error for a status that no business rule stands behind.
    static CommonError of(int status) {
        for (CommonError error : values()) {
            if (error.status == status) {
                return error;
            }
        }
        return status >= 500 ? INTERNAL : REQUEST_INVALID;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
