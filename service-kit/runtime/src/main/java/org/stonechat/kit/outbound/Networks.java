package org.stonechat.kit.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses belong to the Internet at large, by IANA's registries of special-purpose addresses (RFC 6890).
///
/// Of IPv6 only what is given out as global unicast (2000::/3) counts, less the parts that carry an IPv4 address
/// or are set apart: whoever reaches a translator or a relay could reach everything behind it.
final class Networks {

    private static final List<Network> SET_APART = Stream.of(
                    // "This" network, private use, shared by carriers, loopback, link-local.
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    // Protocol assignments, documentation, 6to4 relays, private use, benchmarks.
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    // Multicast, reserved, broadcast.
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    // A cloud's own services, at an address that looks public.
                    "168.63.129.16/32",
                    // Protocol assignments with Teredo, documentation, 6to4.
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Network::of)
            .toList();

    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    private Networks() {}

    /// @param address as Java has it: IPv4 that was written as IPv6 is IPv4 again
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean given = bytes.length == 4 || GLOBAL_UNICAST.holds(bytes);
        return given && SET_APART.stream().noneMatch(network -> network.holds(bytes));
    }

    private record Network(byte[] start, int bits) {

        static Network of(String text) {
            int slash = text.indexOf('/');
            try {
                // A literal is not looked up.
                return new Network(
                        InetAddress.getByName(text.substring(0, slash)).getAddress(),
                        Integer.parseInt(text.substring(slash + 1)));
            } catch (UnknownHostException none) {
                throw new IllegalArgumentException(text + " is no network", none);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >>> (bit % 8);
                if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
