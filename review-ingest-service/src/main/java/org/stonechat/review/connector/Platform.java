package org.stonechat.review.connector;

/// Where reviews come from.
public enum Platform {
    TRUSTED_SHOPS(true),
    TRUSTPILOT(true),
    GOOGLE_BUSINESS(true),
    GOOGLE_PLAY(true),
    APP_STORE(true),
    /// Whoever sends signed webhooks.
    WEBHOOK(false),
    /// Files that people upload.
    CSV(false);

    private final boolean polled;

    Platform(boolean polled) {
        this.polled = polled;
    }

    /// Whether it is asked for its reviews; otherwise they are brought.
    public boolean polled() {
        return polled;
    }
}
