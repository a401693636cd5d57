package org.stonechat.launcher;

/// The launcher cannot do what it was asked for. The message is one sentence a person can act on, at most
/// followed by the end of a log; what was half done has been undone.
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
        super(message);
    }

    public Refusal(String message, Throwable cause) {
        super(message, cause);
    }
}
