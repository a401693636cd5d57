package org.stonechat.review.connector;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// @param next       opaque; null on the last page
/// @param nextSource where the next source begins, for a platform whose sources are lists of their own: the
///                   walk goes on there once it is past what it looks for in this one; null when there is
///                   none
public record FetchedPage(
        List<FetchedItem> items,
        @Nullable String next,
        @Nullable String nextSource) {

    public FetchedPage {
        items = List.copyOf(items);
    }

    public FetchedPage(List<FetchedItem> items, @Nullable String next) {
        this(items, next, null);
    }
}
