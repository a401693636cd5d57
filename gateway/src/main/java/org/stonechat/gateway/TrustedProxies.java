package org.stonechat.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/// Who is believed when it says whom it speaks for: nobody, unless the configuration names it.
///
/// Quarkus has a list of trusted proxies too, but takes the first address of `X-Forwarded-For`, which is the caller's
/// own word when a proxy adds to what it got. Counted from the right, the first address that no trusted proxy has is
/// the one that a trusted proxy has seen.
@Singleton
class TrustedProxies {

    private static final Pattern PAIR = Pattern.compile("(?i)(for|host|proto)\\s*=\\s*(\"[^\"]*\"|[^;,\\s]+)");

    private final List<IpSubnetFilterRule> networks;
    private final GatewayConfig.ProxyHeader header;

    TrustedProxies(
            GatewayConfig config,
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean quarkusBelieves) {
        if (quarkusBelieves) {
            throw new IllegalStateException(
                    "quarkus.http.proxy.proxy-address-forwarding believes anybody: name the proxies in"
                            + " stonechat.gateway.trusted-proxies instead");
        }
        this.networks = config.trustedProxies().orElse(List.of()).stream()
                .map(TrustedProxies::network)
                .toList();
        this.header = config.proxyHeader();
    }

    /// @param address   of who asks, as far back as it can be believed
    /// @param scheme    of the address the caller used
    /// @param authority host and port the caller used, null when none can be read
    record Caller(String address, String scheme, @Nullable String authority) {

        /// Without the port.
        @Nullable
        String host() {
            HostAndPort parsed = authority == null ? null : HostAndPort.parseAuthority(authority, -1);
            return parsed == null ? null : parsed.host().toLowerCase(Locale.ROOT);
        }
    }

    Caller callerOf(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        String scheme = String.valueOf(request.scheme());
        HostAndPort authority = request.authority();
        String host = authority == null ? null : authority.toString();
        if (!isTrusted(peer)) {
            return new Caller(peer, scheme, host);
        }
        Said said = header == GatewayConfig.ProxyHeader.FORWARDED
                ? forwarded(request.headers())
                : xForwarded(request.headers());
        String proto = said.proto() == null ? scheme : said.proto().toLowerCase(Locale.ROOT);
        return new Caller(
                rightmostUntrusted(said.chain(), peer),
                proto.equals("https") || proto.equals("http") ? proto : scheme,
                said.host() == null ? host : said.host());
    }

    /// What the nearest proxy says; the chain begins with whom the furthest one named.
    private record Said(
            List<String> chain,
            @Nullable String proto,
            @Nullable String host) {}

    private static Said xForwarded(MultiMap headers) {
        return new Said(
                elements(headers, "X-Forwarded-For"),
                last(elements(headers, "X-Forwarded-Proto")),
                last(elements(headers, "X-Forwarded-Host")));
    }

    private static Said forwarded(MultiMap headers) {
        List<String> chain = new ArrayList<>();
        String proto = null;
        String host = null;
        for (String element : elements(headers, "Forwarded")) {
            proto = null;
            host = null;
            Matcher pairs = PAIR.matcher(element);
            while (pairs.find()) {
                String value = pairs.group(2).replace("\"", "");
                switch (pairs.group(1).toLowerCase(Locale.ROOT)) {
                    case "for" -> chain.add(value);
                    case "proto" -> proto = value;
                    default -> host = value;
                }
            }
        }
        return new Said(chain, proto, host);
    }

    private String rightmostUntrusted(List<String> chain, String peer) {
        String seen = peer;
        for (String element : chain.reversed()) {
            String address = address(element);
            if (address == null) {
                return seen;
            }
            seen = address;
            if (!isTrusted(address)) {
                return seen;
            }
        }
        return seen;
    }

    private boolean isTrusted(String address) {
        InetAddress parsed = parse(address);
        if (parsed == null) {
            return false;
        }
        InetSocketAddress socket = new InetSocketAddress(parsed, 0);
        return networks.stream().anyMatch(network -> network.matches(socket));
    }

    /// Without a port, which both headers may have; null for `unknown` and whatever else is no address.
    private static @Nullable String address(String element) {
        String bare = element.strip();
        if (bare.startsWith("[")) {
            int end = bare.indexOf(']');
            bare = end < 0 ? bare : bare.substring(1, end);
        } else if (bare.indexOf(':') >= 0 && bare.indexOf(':') == bare.lastIndexOf(':')) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        InetAddress parsed = parse(bare);
        return parsed == null ? null : parsed.getHostAddress();
    }

    private static @Nullable InetAddress parse(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return null;
        }
        try {
            // An IPv4 address within IPv6 becomes the IPv4 address it is.
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    private static List<String> elements(MultiMap headers, String name) {
        List<String> elements = new ArrayList<>();
        for (String line : headers.getAll(name)) {
            for (String element : line.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(element.strip());
                }
            }
        }
        return elements;
    }

    private static @Nullable String last(List<String> elements) {
        return elements.isEmpty() ? null : elements.getLast();
    }

    private static IpSubnetFilterRule network(String written) {
        String[] parts = written.strip().split("/", 2);
        InetAddress address = parse(parts[0]);
        if (address == null) {
            throw new IllegalArgumentException("stonechat.gateway.trusted-proxies: " + written
                    + " is neither an address nor a network like 10.0.0.0/8");
        }
        int whole = address.getAddress().length * 8;
        return new IpSubnetFilterRule(
                address, parts.length == 1 ? whole : Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
    }
}
