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
    PLATFORM_CANNOT("platform-cannot", 422, "The platform does not offer this"),
    REVIEW_GONE("review-gone", 409, "The platform does not know the review any more"),
    REVIEW_NOT_ANSWERED("review-not-answered", 409, "The review has no public answer"),
    REPLY_PENDING("reply-pending", 409, "An answer is on its way"),
    REPORT_OPEN("report-open", 409, "The review is reported already"),
    REPORT_REASON_UNKNOWN("report-reason-unknown", 422, "The platform knows no such reason"),
    CREDENTIALS_INVALID("credentials-invalid", 422, "These are not the credentials the platform asks for"),
    CREDENTIALS_ELSEWHERE("credentials-elsewhere", 422, "The credentials were given for another host"),
    ADDRESS_REFUSED("address-refused", 422, "The connection may not call this address"),
    SETTINGS_INVALID("settings-invalid", 422, "These are not the settings the platform asks for"),
    ADDRESS_MISSING("address-missing", 422, "The connection needs an address"),
    CHANNELS_MISSING("channels-missing", 422, "The connection has to name its channels"),
    PLATFORM_UNAVAILABLE("platform-unavailable", 502, "The platform did not answer as it should"),
    CONNECTION_PAUSED("connection-paused", 409, "The connection is paused"),
    IMPORT_UNSUPPORTED("import-unsupported", 422, "This connection takes no files"),
    FILE_UNREADABLE("file-unreadable", 422, "The file cannot be read"),
    SIGNATURE_INVALID("signature-invalid", 401, "The signature does not fit"),
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
