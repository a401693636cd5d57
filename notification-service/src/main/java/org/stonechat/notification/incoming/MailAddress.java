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

    /// Some three hundred recipients; further ones are not looked at.
    private static final int MOST_CHARACTERS = 16 * 1024;

    private static final int MOST_AROUND_AN_AT = 320;
    private static final Pattern SOMETHING_LIKE_AN_ADDRESS =
            Pattern.compile("[^\\s<>\",;:()\\[\\]\\\\]+@[^\\s<>\",;:()\\[\\]\\\\@]+");

    /// Reads the addresses of a header, leniently; whatever is no address is left out.
    static List<MailAddress> read(List<String> headerValues) {
        List<MailAddress> addresses = new ArrayList<>();
        int room = MOST_CHARACTERS;
        for (String whole : headerValues) {
            String value = beginning(whole, room);
            room -= value.length();
            int before = addresses.size();
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
                // What parts of it look like is found below, unless some were read before it went wrong.
                addresses.subList(before, addresses.size()).clear();
            }
            if (addresses.size() == before) {
                find(value, addresses);
            }
        }
        return List.copyOf(addresses);
    }

    /// As many whole addresses as have room.
    private static String beginning(String value, int room) {
        if (value.length() <= room) {
            return value;
        }
        return value.substring(0, Math.max(0, value.lastIndexOf(',', Math.max(0, room - 1))));
    }

    /// Takes whatever looks like an address, looking no further around an @ than addresses are long.
    private static void find(String value, List<MailAddress> addresses) {
        int from = 0;
        for (int at = value.indexOf('@'); at >= 0; at = value.indexOf('@', from)) {
            int start = Math.max(from, at - MOST_AROUND_AN_AT);
            int end = Math.min(value.length(), at + MOST_AROUND_AN_AT);
            Matcher found = SOMETHING_LIKE_AN_ADDRESS.matcher(value).region(start, end);
            from = at + 1;
            if (found.find()) {
                add(null, found.group(), addresses);
                from = Math.max(from, found.end());
            }
        }
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
