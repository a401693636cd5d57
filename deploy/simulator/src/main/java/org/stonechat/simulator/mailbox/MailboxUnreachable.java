package org.stonechat.simulator.mailbox;

import org.jspecify.annotations.Nullable;

/// There is no such mailbox, or the mail server is away. The message may be shown.
public class MailboxUnreachable extends RuntimeException {

    MailboxUnreachable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// Never null.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
