package org.stonechat.testing.defect;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// One request that differs from a good one in one place.
///
/// @param what    for the report, such as `/subject: a number`
/// @param kind    of the defect, which says how it must be answered
/// @param query   raw, as it stands in the address
/// @param body    null for none
public record Defect(
        String what,
        Kind kind,
        Map<String, String> pathParameters,
        Map<String, String> query,
        Map<String, String> headers,
        @Nullable String contentType,
        byte @Nullable [] body) {

    /// Where the defect is, and the problems that are a right answer to it: `status code`, as the kit's
    /// `CommonError` has them.
    public enum Kind {
        /// None at all, or what looks strange and is allowed: emoji, right-to-left text, markup.
        NONE,
        /// In the path: what has no form of an id leads nowhere, what the address itself cannot hold is refused.
        PATH("404 not-found", "400 request-invalid", "400 path-invalid"),
        PARAMETER("400 request-invalid"),
        CURSOR("400 cursor-invalid"),
        MEDIA_TYPE("415 media-type-unsupported"),
        BODY("400 request-invalid", "400 field-unknown"),
        UNKNOWN_FIELD("400 field-unknown"),
        FIELD("400 request-invalid");

        private final List<String> answers;

        Kind(String... answers) {
            this.answers = List.of(answers);
        }

        public boolean isAnsweredBy(int status, String code) {
            return answers.contains(status + " " + code);
        }
    }

    /// This request with another body.
    Defect with(String difference, Kind inIt, String media, byte[] otherBody) {
        return new Defect(difference, inIt, pathParameters, query, headers, media, otherBody);
    }

    /// Whether it is none.
    public boolean legal() {
        return kind == Kind.NONE;
    }
}
