package org.stonechat.review.report;

/// Where a report stands.
enum ReportState {
    /// On its way to the platform.
    PENDING(false),
    /// The platform has it and has not decided.
    OPEN(false),
    /// The review was taken down.
    UPHELD(true),
    /// The review stays.
    DECLINED(true),
    /// The platform did not take it.
    FAILED(true),
    /// The platform never said.
    UNKNOWN(true);

    private final boolean settled;

    ReportState(boolean settled) {
        this.settled = settled;
    }

    boolean settled() {
        return settled;
    }
}
