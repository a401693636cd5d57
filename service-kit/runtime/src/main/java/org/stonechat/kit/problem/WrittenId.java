package org.stonechat.kit.problem;

import java.util.regex.Pattern;

/// What a request must write for an id to be one: a UUID in full, as RFC 9562 writes it. `UUID.fromString` takes
/// `1-1-1-1-1` for one too.
public final class WrittenId {

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private WrittenId() {}

    public static boolean is(String text) {
        return FORM.matcher(text).matches();
    }
}
