package org.stonechat.review.connector;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// A place in a walk through several sources, each of which is a list of its own.
///
/// @param source the source's place among the connection's
/// @param page   the platform's own cursor within it; null for its first page
public record SourceCursor(int source, @Nullable String page) {

    /// @throws ConnectorFailure VALIDATION when it is none of ours
    public static SourceCursor of(@Nullable String cursor) {
        if (cursor == null) {
            return new SourceCursor(0, null);
        }
        int colon = cursor.indexOf(':');
        try {
            int source = Integer.parseInt(cursor.substring(0, Math.max(0, colon)));
            String page = cursor.substring(colon + 1);
            return new SourceCursor(source, page.isEmpty() ? null : page);
        } catch (NumberFormatException malformed) {
            throw new ConnectorFailure(ConnectorFailure.Kind.VALIDATION, "The walk's cursor cannot be read", malformed);
        }
    }

    /// @throws ConnectorFailure VALIDATION when the connection names fewer sources by now
    public String in(List<String> sources) {
        if (source < 0 || source >= sources.size()) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.VALIDATION, "The connection names no channel to read from");
        }
        return sources.get(source);
    }

    /// @param next the platform's cursor of the next page; null at the end of this source
    public FetchedPage page(List<FetchedItem> items, @Nullable String next, List<String> sources) {
        String nextSource = source + 1 < sources.size() ? (source + 1) + ":" : null;
        return new FetchedPage(items, next == null ? nextSource : source + ":" + next, nextSource);
    }
}
