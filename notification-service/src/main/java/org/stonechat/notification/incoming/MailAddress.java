package org.stonechat.notification.incoming;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import org.jspecify.annotations.Nullable;

/// One address of a header, and the name beside it.
record MailAddress(@Nullable String name, String address) {

    private static final int LONGEST = 254;
    private static final int LONGEST_NAME = 200;
    private static final Pattern SOMETHING_LIKE_AN_ADDRESS =
            Pattern.compile("[^\\s<>\",;:()\\[\\]\\\\]+@[^\\s<>\",;:()\\[\\]\\\\@]+");

    /// Reads the addresses of a header, leniently; whatever is no address is left out.
    static List<MailAddress> read(List<String> headerValues) {
        List<MailAddress> addresses = new ArrayList<>();
        for (String value : headerValues) {
            try {
                for (InternetAddress parsed : InternetAddress.parseHeader(value, false)) {
                    if (parsed.isGroup()) {
                        InternetAddress[] members = parsed.getGroup(false);
                        for (InternetAddress member : members == null ? new InternetAddress[0] : members) {
                            add(member, addresses);
                        }
                    } else {
                        add(parsed, addresses);
                    }
                }
            } catch (AddressException malformed) {
                Matcher found = SOMETHING_LIKE_AN_ADDRESS.matcher(value);
                while (found.find()) {
                    add(null, found.group(), addresses);
                }
            }
        }
        return List.copyOf(addresses);
    }

    private static void add(InternetAddress parsed, List<MailAddress> addresses) {
        if (parsed.getAddress() != null) {
            add(parsed.getPersonal(), parsed.getAddress(), addresses);
        }
    }

    private static void add(@Nullable String name, String address, List<MailAddress> addresses) {
        String plain = MailText.oneLine(address);
        if (plain.length() <= LONGEST
                && SOMETHING_LIKE_AN_ADDRESS.matcher(plain).matches()) {
            String shown = name == null ? "" : MailText.oneLine(name);
            addresses.add(new MailAddress(
                    shown.isEmpty() ? null : shown.substring(0, Math.min(shown.length(), LONGEST_NAME)), plain));
        }
    }
}
