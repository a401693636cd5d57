package org.stonechat.rating;

import org.stonechat.kit.problem.ErrorCode;

/// What this service refuses.
public enum RatingError implements ErrorCode {
    RATING_CLOSED("rating-closed", 409, "The ticket is closed for good; its rating stays as it is"),
    REQUEST_CANCELLED("request-cancelled", 410, "This request was withdrawn, because the conversation went on"),
    LINK_INVALID("link-invalid", 404, "This is not a link of ours, or it has expired"),
    PUBLISHING_NOT_ALLOWED(
            "publishing-not-allowed", 422, "Only figures of rated teams that portal users know are published");

    private final String code;
    private final int status;
    private final String title;

    RatingError(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
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
