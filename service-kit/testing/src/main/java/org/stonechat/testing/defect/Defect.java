package org.stonechat.testing.defect;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/// One request that differs from a good one in one place.
///
/// @param what    for the report, such as `/subject: a number`
/// @param legal   true for what looks strange and is allowed: emoji, right-to-left text, markup
/// @param query   raw, as it stands in the address
/// @param body    null for none
public record Defect(
        String what,
        boolean legal,
        Map<String, String> pathParameters,
        Map<String, String> query,
        Map<String, String> headers,
        @Nullable String contentType,
        byte @Nullable [] body) {}
