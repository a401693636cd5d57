package org.stonechat.review;

import org.stonechat.kit.problem.ErrorCode;

/// The business rules this service refuses requests by.
public enum ReviewError implements ErrorCode {
    CREDENTIALS_MISSING("credentials-missing", 422, "A new connection needs credentials"),
    CRITERIA_INVALID("criteria-invalid", 422, "The criteria contradict themselves"),
    DESTINATION_INVALID("destination-invalid", 422, "Tickets cannot go where a criterion sends them"),
    POLL_INTERVAL_INVALID("poll-interval-invalid", 422, "The poll interval is out of bounds"),
    CONNECTION_MOVED("connection-moved", 409, "The platform of a connection cannot change"),
    LEDGER_ENTRY_CLOSED("ledger-entry-closed", 409, "There is nothing left to process"),
    REVIEW_STILL_UNREADABLE("review-still-unreadable", 422, "What the platform sent still cannot be read");

    private final String code;
    private final int status;
    private final String title;

    ReviewError(String code, int status, String title) {
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
