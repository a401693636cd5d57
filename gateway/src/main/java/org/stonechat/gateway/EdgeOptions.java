package org.stonechat.gateway;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;
import org.stonechat.http.ConnectionGuard;
import org.stonechat.http.WireError;

import io.quarkus.arc.Unremovable;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;

/// HTTP/1.1 alone, and a guard on each connection. `quarkus.http.http2` decides about encrypted connections only;
/// without this, a plain one becomes HTTP/2 by prior knowledge or upgrade.
@Singleton
@Unremovable
class EdgeOptions implements HttpServerOptionsCustomizer {

    private final GatewayConfig config;
    private final Refusals refusals;

    EdgeOptions(GatewayConfig config, Refusals refusals) {
        this.config = config;
        this.refusals = refusals;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        customize(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customize(options);
    }

    private void customize(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
        ConnectionGuard.arm(new ConnectionGuard.Settings(
                config.headerTimeout(),
                config.bodySilence(),
                config.bodyRate().asLongValue(),
                config.bodyGrace(),
                config.writeTimeout(),
                this::refused));
    }

    /// What is no request yet has neither route nor name; its address is that of the connection.
    private void refused(WireError error, @Nullable SocketAddress peer) {
        String address = peer instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : null;
        refusals.refused(error.code(), error.status(), null, null, address, null);
    }
}
