package org.stonechat.kit.rest;

import java.util.List;
import java.util.function.Function;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

/// Part of a list.
///
/// @param next what to pass as `after` for the following part; null on the last one
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(
        List<T> items,

        @Schema(description = "Pass it as `after` to get the following page; null on the last one.", nullable = true)
        @Nullable
        String next) {

    public Page {
        items = List.copyOf(items);
    }

    /// Cuts a page out of rows that were read with `limit + 1`: the extra row tells that there is a following
    /// page.
    ///
    /// @param response what the caller gets to see of a row
    /// @param position where a page that follows this row begins
    public static <R, T> Page<T> of(
            List<R> rows, int limit, Function<? super R, ? extends T> response, Function<? super R, Cursor> position) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        List<T> items = shown.stream().<T>map(response).toList();
        return new Page<>(items, more ? position.apply(shown.getLast()).encode() : null);
    }
}
