package org.stonechat.review.connector;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/// A platform did not do what it was asked. The message is fit for people: what was asked, and what it answered;
/// neither secrets nor what the author wrote.
public class ConnectorFailure extends RuntimeException {

    public enum Kind {
        /// The credentials or the token are not accepted.
        AUTH,
        FORBIDDEN,
        NOT_FOUND,
        /// The request is one the platform will never accept.
        VALIDATION,
        /// Refused for now; certainly not carried out.
        RATE_LIMITED,
        /// No clear answer: nobody knows whether it was carried out.
        TRANSIENT,
        UNSUPPORTED
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    public ConnectorFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.retryAfter = null;
    }

    public ConnectorFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = null;
    }

    private ConnectorFailure(String message, Duration retryAfter) {
        super(message);
        this.kind = Kind.RATE_LIMITED;
        this.retryAfter = retryAfter;
    }

    /// No answer, or none of a platform. It is the same sentence whatever the reason: whoever sets a connection up
    /// must not learn from it who listens where.
    public static ConnectorFailure unreachable(String what, @Nullable Throwable cause) {
        String message = what + ": the platform could not be reached, or did not answer as it should";
        return cause == null
                ? new ConnectorFailure(Kind.TRANSIENT, message)
                : new ConnectorFailure(Kind.TRANSIENT, message, cause);
    }

    public static ConnectorFailure rateLimited(String message, Duration retryAfter) {
        return new ConnectorFailure(message, retryAfter);
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? kind.name() : message;
    }

    public Kind kind() {
        return kind;
    }

    /// How long the platform asks to be left alone; null when it did not say.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
