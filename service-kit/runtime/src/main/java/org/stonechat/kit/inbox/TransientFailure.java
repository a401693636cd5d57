package org.stonechat.kit.inbox;

/// Something an event needs is away at the moment: retry in place, after a while.
public class TransientFailure extends RuntimeException {

    public TransientFailure(String reason, Throwable cause) {
        super(reason, cause);
    }

    public TransientFailure(String reason) {
        super(reason);
    }
}
