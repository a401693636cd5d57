package org.stonechat.review.connection;

/// How a connection is doing.
public enum ConnectionState {
    OK,
    /// The last poll went wrong; it is tried again, less and less often.
    FAILING,
    /// The platform does not accept the credentials: nothing is polled until they are changed or a test
    /// succeeds.
    AUTH_FAILED
}
