package org.stonechat.notification.incoming;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// What the mail server in front of us found out about the sender (RFC 8601).
final class AuthenticationResults {

    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");

    /// DMARC alone speaks of the From field; SPF and DKIM may be somebody else's.
    private static final Pattern DMARC = Pattern.compile(";\\s*dmarc\\s*=\\s*([a-z]+)");

    private static final Pattern SERVER = Pattern.compile("^\\s*\"?([^\\s;\"]+)\"?");

    private AuthenticationResults() {}

    /// Whether the mail comes from whom its From field names. Only the topmost field of the trusted server counts:
    /// those below it came with the mail.
    ///
    /// @return null when nobody whose word counts says so
    static @Nullable Boolean of(MailHeaders headers, String trustedServer) {
        for (String field : headers.all("authentication-results")) {
            String results = COMMENT.matcher(field).replaceAll(" ").toLowerCase(Locale.ROOT);
            Matcher server = SERVER.matcher(results);
            if (server.find() && server.group(1).equals(trustedServer.toLowerCase(Locale.ROOT))) {
                Matcher dmarc = DMARC.matcher(results);
                return dmarc.find() ? verdict(dmarc.group(1)) : null;
            }
        }
        return null;
    }

    private static @Nullable Boolean verdict(String result) {
        return switch (result) {
            case "pass" -> Boolean.TRUE;
            case "fail" -> Boolean.FALSE;
            default -> null;
        };
    }
}
