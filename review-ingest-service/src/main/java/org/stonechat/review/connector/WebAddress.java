package org.stonechat.review.connector;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// Puts addresses of calls together. Whatever comes from outside is encoded, so that no id leads out of its
/// place.
public final class WebAddress {

    private WebAddress() {}

    /// @param path begins with a slash; its variable parts are [#encode]d
    public static URI of(URI base, String path, Map<String, String> query) {
        String text = base.toString();
        String root = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return URI.create(root + path + (query.isEmpty() ? "" : "?" + query(query)));
    }

    public static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
