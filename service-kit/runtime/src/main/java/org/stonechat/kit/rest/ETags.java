package org.stonechat.kit.rest;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.core.EntityTag;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

/// Strong entity tags made of an aggregate's version (RFC 9110, section 8.8.3).
public final class ETags {

    private ETags() {}

    /// The value for the `ETag` header: `"7"`.
    public static EntityTag of(long version) {
        return new EntityTag(Long.toString(version));
    }

    /// Lets a change pass only if the caller read the version that is current.
    ///
    /// @param header the `If-Match` header: a list of entity tags, or `*` for whatever there is
    /// @throws ProblemException 428 `precondition-required` when the header is missing, 412
    /// `version-stale` when none of
    ///         its tags is current; a weak tag never is
    public static void ifMatch(@Nullable String header, long currentVersion) {
        if (header == null || header.isBlank()) {
            throw new ProblemException(
                    CommonError.PRECONDITION_REQUIRED, "Send the ETag of what you read in the If-Match header.");
        }
        if (header.strip().equals("*")) {
            return;
        }
        String current = "\"" + currentVersion + "\"";
        for (String tag : header.split(",", -1)) {
            if (tag.strip().equals(current)) {
                return;
            }
        }
        throw new ProblemException(
                CommonError.VERSION_STALE,
                "It was changed since you read it: read it again and repeat your change.",
                List.of(),
                Map.of("currentETag", current));
    }
}
