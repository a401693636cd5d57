package org.stonechat.notification;

import org.stonechat.kit.problem.ErrorCode;

/// The business rules of this service that a request can break.
public enum NotificationError implements ErrorCode {
    MAILBOX_ADDRESS_TAKEN("mailbox-address-taken", 409, "Another mailbox has this address"),
    MAILBOX_PASSWORD_MISSING("mailbox-password-missing", 422, "A new mailbox needs its password"),
    MAIL_NOT_REPROCESSABLE("mail-not-reprocessable", 409, "Only failed mail and mail set aside can be processed again"),
    STREAMS_EXHAUSTED("streams-exhausted", 503, "This replica carries as many live streams as it may"),
    TOO_MANY_STREAMS("too-many-streams", 429, "You have as many live streams open as one person may");

    private final String code;
    private final int status;
    private final String title;

    NotificationError(String code, int status, String title) {
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
