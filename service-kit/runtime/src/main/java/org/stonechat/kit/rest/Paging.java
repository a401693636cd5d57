package org.stonechat.kit.rest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;

/// Which part of a list is asked for; a list resource takes it as `@BeanParam`.
public class Paging {

    public static final int MOST = 200;

    @QueryParam("limit")
    @DefaultValue("50")
    @Min(1)
    @Max(MOST)
    @Parameter(description = "How many items at most.")
    int limit = 50;

    @QueryParam("after")
    @Parameter(description = "`next` of the previous page; leave it out for the first one.")
    @Nullable
    String after;

    /// Between 1 and 200; ask the database for one row more and give the rows to [Page#of].
    ///
    /// @throws ProblemException 400 otherwise, whether or not the resource validates its parameters
    public int limit() {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.invalid("limit", "It must be between 1 and " + MOST + ".");
        }
        return limit;
    }

    /// Null for the first page.
    ///
    /// @throws ProblemException 400 `cursor-invalid`
    public @Nullable Cursor after() {
        return Cursor.decode(after);
    }
}
