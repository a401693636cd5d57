package org.stonechat.kit.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Asks for the addresses of a host; once per call, because a second answer may be another one.
@FunctionalInterface
interface HostLookup {

    List<InetAddress> addressesOf(String host) throws UnknownHostException;
}
