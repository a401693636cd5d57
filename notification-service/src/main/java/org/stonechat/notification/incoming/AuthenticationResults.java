package org.stonechat.notification.incoming;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// What the mail server in front of us found out about the sender (RFC 8601).
final class AuthenticationResults {

    /// DMARC alone speaks of the From field; SPF and DKIM may be somebody else's.
    private static final Pattern DMARC = Pattern.compile(";\\s*dmarc\\s*=\\s*([a-z]+)");

    private static final Pattern SERVER = Pattern.compile("^\\s*([^\\s;]+)");

    private AuthenticationResults() {}

    /// Whether the mail comes from whom its From field names. The topmost fields of the trusted server count, of which
    /// each of its filters may have written one: those below them came with the mail.
    ///
    /// @return null when nobody whose word counts says so
    static @Nullable Boolean of(MailHeaders headers, String trustedServer) {
        boolean trusted = false;
        Boolean found = null;
        for (String field : headers.all("authentication-results")) {
            String results = plain(field).toLowerCase(Locale.ROOT);
            Matcher server = SERVER.matcher(results);
            if (!server.find() || !server.group(1).equals(trustedServer.toLowerCase(Locale.ROOT))) {
                if (trusted) {
                    break;
                }
                continue;
            }
            trusted = true;
            Matcher dmarc = DMARC.matcher(results);
            while (dmarc.find()) {
                Boolean verdict = verdict(dmarc.group(1));
                if (Boolean.FALSE.equals(verdict)) {
                    return false;
                }
                found = found == null ? verdict : found;
            }
        }
        return found;
    }

    /// Without comments and quoted strings (RFC 5322, sections 3.2.2 and 3.2.4), in which the sender may have a say.
    /// The
    /// name of the server, which comes first, may be quoted.
    private static String plain(String field) {
        StringBuilder plain = new StringBuilder(field.length());
        int comments = 0;
        boolean quoted = false;
        boolean named = false;
        for (int at = 0; at < field.length(); at++) {
            char character = field.charAt(at);
            if (character == '\\' && (quoted || comments > 0)) {
                at++;
            } else if (quoted) {
                quoted = character != '"';
                if (quoted && !named) {
                    plain.append(character);
                }
            } else if (character == '(') {
                comments++;
            } else if (comments > 0) {
                comments -= character == ')' ? 1 : 0;
            } else if (character == '"') {
                quoted = true;
                plain.append(named ? " " : "");
            } else {
                named |= character == ';';
                plain.append(character);
            }
        }
        return plain.toString();
    }

    private static @Nullable Boolean verdict(String result) {
        return switch (result) {
            case "pass" -> Boolean.TRUE;
            case "fail" -> Boolean.FALSE;
            default -> null;
        };
    }
}
