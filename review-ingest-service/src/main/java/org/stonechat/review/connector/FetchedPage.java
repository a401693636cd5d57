package org.stonechat.review.connector;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// @param next opaque; null on the last page
public record FetchedPage(List<FetchedItem> items, @Nullable String next) {

    public FetchedPage {
        items = List.copyOf(items);
    }
}
