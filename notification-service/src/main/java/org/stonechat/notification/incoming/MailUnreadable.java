package org.stonechat.notification.incoming;

/// The bytes of a mail cannot be made sense of, and never will be: the ledger keeps them with this reason.
class MailUnreadable extends Exception {

    private final String reason;

    MailUnreadable(String reason) {
        super(reason);
        this.reason = reason;
    }

    MailUnreadable(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /// Whether more time could help.
    boolean isOutOfTime() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ReadingBudget.Spent) {
                return true;
            }
        }
        return false;
    }

    /// For the ledger: the end of a sentence that begins with the mail.
    String reason() {
        return reason;
    }
}
