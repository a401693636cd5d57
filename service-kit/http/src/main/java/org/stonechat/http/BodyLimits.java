package org.stonechat.http;

import java.util.Map;

/// How large the body of a request may be: what JSON needs, and more or less where a path says so.
///
/// @param usual   in bytes
/// @param byPath  in bytes, by the pattern of the path
public record BodyLimits(long usual, Map<String, Long> byPath) {

    public BodyLimits {
        byPath = Map.copyOf(byPath);
    }

    /// The smallest of those that fit, because a pattern with `*` may fit beside a plain one.
    public long of(String path) {
        return byPath.entrySet().stream()
                .filter(entry -> PathPattern.matches(path, entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElse(usual);
    }
}
