package org.stonechat.kit.outbound;

import java.io.IOException;

/// There is no answer. Whether the host is unknown, private, not listening, too slow or says what cannot be
/// understood is in the cause, for logs alone: told to whoever chose the address, it would tell what is behind our
/// firewall.
public final class OutboundFailure extends IOException {

    /// The one sentence there is for whoever chose the address.
    public static final String SENTENCE = "There was no answer that could be used.";

    OutboundFailure(Throwable cause) {
        super(SENTENCE, cause);
    }

    OutboundFailure(String reason) {
        this(new IOException(reason));
    }
}
