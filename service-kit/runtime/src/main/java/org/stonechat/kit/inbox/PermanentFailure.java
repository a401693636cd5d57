package org.stonechat.kit.inbox;

/// An event that can never be handled as it is: stop, and keep it as a dead letter with this reason.
public class PermanentFailure extends RuntimeException {

    public PermanentFailure(String reason) {
        super(reason);
    }

    public PermanentFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
