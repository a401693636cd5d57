package org.stonechat.kit.edge;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.stonechat.http.ConnectionGuard;

import io.quarkus.arc.Unremovable;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;

/// HTTP/1.1 alone, and a guard on each connection. `quarkus.http.http2` decides about encrypted connections only;
/// without this, a plain one becomes HTTP/2 by prior knowledge or upgrade.
@Singleton
@Unremovable
class EdgeOptions implements HttpServerOptionsCustomizer {

    private static final Logger LOG = Logger.getLogger(EdgeOptions.class);

    private final EdgeConfig config;

    EdgeOptions(EdgeConfig config) {
        this.config = config;
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
                (error, peer) -> LOG.debugf("refused code=%s", error.code())));
    }
}
