package org.stonechat.parts;

/// A part could not be prepared, started or stopped. The message is one sentence a person can act on; nothing
/// is left running when it is thrown.
public final class PartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PartFailure(String message) {
        super(message);
    }

    public PartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
