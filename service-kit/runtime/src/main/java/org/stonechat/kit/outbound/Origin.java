package org.stonechat.kit.outbound;

import java.net.URI;
import java.util.Locale;

/// Whom an address leads to (RFC 6454): two addresses of one origin are read by the same server.
///
/// A secret belongs to the origin it was given for.
///
/// @param host in lower case, without the dot that a full name may end with
/// @param port the scheme's own where the address names none
public record Origin(String scheme, String host, int port) {

    /// @param address with a scheme and a host
    public static Origin of(URI address) {
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        String host = address.getHost().toLowerCase(Locale.ROOT);
        int port = address.getPort();
        return new Origin(
                scheme,
                host.endsWith(".") ? host.substring(0, host.length() - 1) : host,
                port >= 0 ? port : scheme.equals("https") ? 443 : 80);
    }

    boolean isTls() {
        return scheme.equals("https");
    }
}
