package org.stonechat.notification.incoming;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// The header fields of a mail by lower-cased name, unfolded, in their order, not yet decoded.
final class MailHeaders {

    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,990}>");

    /// More references than this tell nothing: the newest ones are looked at, and one of them is enough.
    private static final int MOST_REFERENCES = 50;

    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private int size;
    private int length;

    void add(String name, String value) {
        size++;
        length += name.length() + value.length();
        fields.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .add(value);
    }

    /// How many fields there are.
    int size() {
        return size;
    }

    /// How many characters there are in all of them.
    int length() {
        return length;
    }

    List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /// The value in lower case, or nothing at all.
    String lowerCased(String name) {
        return first(name).orElse("").strip().toLowerCase(Locale.ROOT);
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /// The mail's own id with its angle brackets (RFC 5322, section 3.6.4), or null when it has none worth
    /// the name.
    @Nullable
    String messageId() {
        List<String> ids = messageIds("message-id");
        return ids.isEmpty() ? null : ids.getFirst();
    }

    @Nullable
    String inReplyTo() {
        List<String> ids = messageIds("in-reply-to");
        return ids.isEmpty() ? null : ids.getFirst();
    }

    /// The chain of references, oldest first; the newest ones when there are very many.
    List<String> references() {
        List<String> ids = messageIds("references");
        return ids.size() <= MOST_REFERENCES ? ids : ids.subList(ids.size() - MOST_REFERENCES, ids.size());
    }

    private List<String> messageIds(String name) {
        Set<String> ids = new LinkedHashSet<>();
        for (String value : all(name)) {
            Matcher matcher = MESSAGE_ID.matcher(MailText.clean(value));
            while (matcher.find()) {
                ids.add(matcher.group());
            }
        }
        return List.copyOf(ids);
    }
}
