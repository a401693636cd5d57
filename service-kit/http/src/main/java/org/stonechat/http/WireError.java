package org.stonechat.http;

import java.nio.charset.StandardCharsets;

/// What is refused before it is a request that anybody could route, with its stable code.
public enum WireError {
    REQUEST_MALFORMED("request-malformed", 400, "This is not HTTP as it must be"),
    PATH_INVALID("path-invalid", 400, "The path is not in its plain form"),
    QUERY_INVALID("request-invalid", 400, "In a query each % begins an escape"),
    HOST_INVALID("host-invalid", 400, "One Host header is needed, and a host that is known here"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This method is not offered here"),
    REQUEST_TIMEOUT("request-timeout", 408, "The request took too long to arrive"),
    URI_TOO_LONG("uri-too-long", 414, "The address is longer than allowed"),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are larger than allowed"),
    VERSION_UNSUPPORTED("http-version-unsupported", 505, "HTTP/1.1 is spoken here");

    private final String code;
    private final int status;
    private final String title;

    WireError(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// As RFC 9457 has it.
    byte[] document() {
        return """
                {"type":"urn:stonechat:problem:%s","title":"%s","status":%d,"detail":"%s.","code":"%s"}""".formatted(code, title, status, title, code).getBytes(StandardCharsets.UTF_8);
    }
}
