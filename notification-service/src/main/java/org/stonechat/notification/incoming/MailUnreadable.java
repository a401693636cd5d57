package org.stonechat.notification.incoming;

/// The bytes of a mail cannot be made sense of, and never will be: the ledger keeps them with this reason.
class MailUnreadable extends Exception {

    MailUnreadable(String reason) {
        super(reason);
    }

    MailUnreadable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
