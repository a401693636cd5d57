package org.stonechat.e2e.client;

import java.net.URI;

import org.stonechat.launcher.Platform;

/// Where the outside world reaches a platform.
///
/// @param gateway the one origin of the API and of the rating page
/// @param issuer the realm that signs people in
/// @param simulator the outside world's own page and control
/// @param smtpPort where mail is handed in, on this machine
/// @param imapPort where mailboxes are read, on this machine
public record Doors(URI gateway, URI issuer, URI simulator, int smtpPort, int imapPort) {

    private static final int IMAP_PORT = 13143;

    public static Doors of(Platform platform) {
        return new Doors(
                platform.gateway(),
                platform.issuer(),
                platform.address("simulator"),
                platform.part("mail").port(),
                IMAP_PORT + platform.portOffset());
    }

    /// The address of an API path such as `tickets/42`.
    public URI api(String path) {
        return gateway.resolve("/api/v1/" + path);
    }

    /// The page that shows what the outside world sees.
    public URI page(String path) {
        return simulator.resolve("/" + path);
    }
}
