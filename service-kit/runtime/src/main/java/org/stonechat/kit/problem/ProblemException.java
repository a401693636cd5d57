package org.stonechat.kit.problem;

import java.util.List;
import java.util.Map;

/// A request that is refused for a reason its sender can understand; it becomes a problem document and rolls
/// back.
public class ProblemException extends RuntimeException {

    private final String detail;
    private final transient ErrorCode error;
    private final transient List<FieldError> fields;
    private final transient Map<String, Object> extensions;

    public ProblemException(ErrorCode error, String detail) {
        this(error, detail, List.of(), Map.of());
    }

    /// @param extensions further members of the problem document (RFC 9457, section 3.2), such as what was
    ///                   missed
    public ProblemException(ErrorCode error, String detail, List<FieldError> fields, Map<String, Object> extensions) {
        super(detail);
        this.detail = detail;
        this.error = error;
        this.fields = List.copyOf(fields);
        this.extensions = Map.copyOf(extensions);
    }

    /// For whatever is absent or out of the caller's sight: the two are never told apart.
    public static ProblemException notFound(String what) {
        return new ProblemException(CommonError.NOT_FOUND, "There is no such " + what + ", or you may not see it.");
    }

    public static ProblemException forbidden(String detail) {
        return new ProblemException(CommonError.FORBIDDEN, detail);
    }

    public static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                CommonError.REQUEST_INVALID, detail, List.of(new FieldError(pointer, detail)), Map.of());
    }

    /// One sentence about this occurrence, for whoever sent the request.
    public String detail() {
        return detail;
    }

    public ErrorCode error() {
        return error;
    }

    public List<FieldError> fields() {
        return fields;
    }

    public Map<String, Object> extensions() {
        return extensions;
    }
}
