package org.stonechat.kit.problem;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;

/// The body of every error: RFC 9457 with a stable code.
@Schema(name = "Problem", description = "An error (RFC 9457). Switch on `code`; show `title` and `detail`.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDocument(
        @Schema(description = "A URN made of the code") String type,
        String title,
        int status,
        String detail,
        @Schema(description = "Stable, in kebab case") String code,

        @Schema(description = "What is wrong with single fields")
        List<FieldError> errors,

        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> extensions) {

    public static final String MEDIA_TYPE = "application/problem+json";

    static ProblemDocument of(ErrorCode error, String detail) {
        return of(error, detail, List.of(), Map.of());
    }

    static ProblemDocument of(ErrorCode error, String detail, List<FieldError> fields, Map<String, Object> extensions) {
        return new ProblemDocument(
                "urn:stonechat:problem:" + error.code(),
                error.title(),
                error.status(),
                detail,
                error.code(),
                fields,
                extensions);
    }

    Response toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
