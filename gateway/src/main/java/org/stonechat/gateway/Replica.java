package org.stonechat.gateway;

import java.net.URI;

/// One running copy of a service, and whether it wants requests.
///
/// The watch over its readiness says so each second; a connection that cannot be opened says so at once.
public final class Replica {

    private final URI address;
    private volatile boolean ready = true;

    Replica(URI address) {
        this.address = address;
    }

    public URI address() {
        return address;
    }

    String host() {
        return address.getHost();
    }

    int port() {
        return address.getPort() == -1 ? 80 : address.getPort();
    }

    boolean isReady() {
        return ready;
    }

    /// @return true when that is news
    boolean seen(boolean nowReady) {
        boolean before = ready;
        ready = nowReady;
        return before != nowReady;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
