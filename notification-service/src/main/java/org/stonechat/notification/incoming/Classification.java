package org.stonechat.notification.incoming;

import java.util.Locale;
import java.util.Set;

/// What kind of mail it is, judged by its headers alone.
enum Classification {
    NEW,
    REPLY,
    BOUNCE,
    AUTO_REPLY,
    LIST,
    AGENT_ANSWER;

    private static final Set<String> BULK = Set.of("bulk", "list", "junk");
    private static final Set<String> MAIL_SYSTEMS =
            Set.of("mailer-daemon", "postmaster", "mail-daemon", "double-bounce");

    /// Machines first, so that nobody answers them: reports (RFC 3464) and mail with the null return path, then
    /// whatever calls itself automatic (RFC 3834) or a mailing list (RFC 2919).
    ///
    /// @param proposal the ticket it seems to belong to, and how that was found
    static Classification of(ReadMail mail, Proposal proposal) {
        MailHeaders headers = mail.headers();
        if (isBounce(mail)) {
            return BOUNCE;
        }
        String automatic = headers.lowerCased("auto-submitted");
        if ((!automatic.isEmpty() && !automatic.startsWith("no"))
                || headers.has("x-autoreply")
                || headers.has("x-autorespond")
                || headers.has("x-autoresponder")
                || headers.lowerCased("precedence").startsWith("auto_reply")
                || isReadReceipt(mail)) {
            return AUTO_REPLY;
        }
        if (headers.has("list-id") || headers.has("list-post") || BULK.contains(headers.lowerCased("precedence"))) {
            return LIST;
        }
        if (proposal.agentId() != null) {
            return AGENT_ANSWER;
        }
        return proposal.ticketId() == null ? NEW : REPLY;
    }

    private static boolean isBounce(ReadMail mail) {
        if (mail.contentType().equals("multipart/report") && "delivery-status".equalsIgnoreCase(mail.reportType())) {
            return true;
        }
        if (mail.headers().lowerCased("return-path").equals("<>")
                && !mail.headers().has("auto-submitted")) {
            return true;
        }
        MailAddress from = mail.from();
        return from != null
                && MAIL_SYSTEMS.contains(
                        from.address().substring(0, from.address().indexOf('@')).toLowerCase(Locale.ROOT));
    }

    private static boolean isReadReceipt(ReadMail mail) {
        return mail.contentType().equals("multipart/report")
                && "disposition-notification".equalsIgnoreCase(mail.reportType());
    }
}
