package org.stonechat.ticket.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

/// Calls to addresses that people have configured: http and https alone, no redirects, nothing inside our own
/// network unless the configuration says so, and neither endless answers nor endless waiting.
///
/// The address is looked up before the call and again by the call itself; whoever runs a name server that
/// answers differently each time is kept out by network policy, not here.
@ApplicationScoped
public class Outbound {

    private final OutboundConfig config;
    private final HttpClient client;

    Outbound(OutboundConfig config) {
        this.config = config;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    /// The answer's beginning, at most as much as was asked for.
    ///
    /// @param whole false when the answer went on
    public record Answer(int status, HttpHeaders headers, byte[] body, boolean whole) {}

    /// An address that must not be called.
    public static final class Refused extends Exception {

        Refused(String reason) {
            super(reason);
        }
    }

    /// Looks at the address without asking for where it leads.
    ///
    /// @throws Refused with a sentence for whoever typed it
    public URI parse(String address) throws Refused {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException malformed) {
            throw new Refused("It is no address.");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            throw new Refused("It must be an http or https address with a host.");
        }
        if (uri.getUserInfo() != null || uri.getFragment() != null) {
            throw new Refused("It must have neither a user nor a fragment.");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (config.allowedHosts().isPresent()
                && config.allowedHosts().get().stream().noneMatch(allowed -> allowed.equalsIgnoreCase(host))) {
            throw new Refused("This host is not among those that may be called.");
        }
        return uri;
    }

    /// @param limit how much of the answer is read
    /// @throws Refused     when the address leads where calls must not go
    /// @throws IOException when nothing answered, or not in time
    public Answer post(URI uri, Map<String, String> headers, byte[] body, int limit) throws Refused, IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(uri, request, limit);
    }

    /// Reads as much as the configuration allows.
    ///
    /// @throws Refused     when the address leads where calls must not go
    /// @throws IOException when nothing answered, or not in time
    public Answer get(URI uri) throws Refused, IOException {
        return send(
                uri,
                HttpRequest.newBuilder(uri).GET(),
                Math.toIntExact(config.largestAnswer().asLongValue()));
    }

    private Answer send(URI uri, HttpRequest.Builder request, int limit) throws Refused, IOException {
        requirePublic(uri.getHost());
        HttpResponse<InputStream> response;
        try {
            response =
                    client.send(request.timeout(config.timeout()).build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while calling", interrupted);
        }
        try (InputStream body = response.body()) {
            byte[] read = body.readNBytes(limit);
            return new Answer(response.statusCode(), response.headers(), read, read.length < limit || body.read() < 0);
        }
    }

    private void requirePublic(String host) throws Refused, IOException {
        if (config.privateNetworks()) {
            return;
        }
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new IOException("the host is not known", unknown);
        }
        for (InetAddress address : addresses) {
            if (isPrivate(address)) {
                throw new Refused("The address leads into a private network.");
            }
        }
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        boolean thisNetwork = bytes.length == 4 && bytes[0] == 0;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || shared
                || thisNetwork;
    }

    /// How long the called server asks to be left alone, in seconds (RFC 9110, section 10.2.3).
    public static Optional<Long> retryAfter(Answer answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(Long::parseLong);
    }
}
