package org.stonechat.gateway.reference;

import java.net.URI;
import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What the API's description needs to know.
@ConfigMapping(prefix = "stonechat.gateway.reference")
interface ReferenceConfig {

    /// How long a merged document is given out before the services are asked again.
    @WithDefault("10S")
    Duration freshFor();

    /// How long one service may take for its document.
    @WithDefault("3S")
    Duration fetchTimeout();

    /// Where people sign in: the issuer of the access tokens. The reference page may talk to it.
    URI issuer();

    /// The public client of the reference page's sign-in.
    @WithDefault("stonechat-spa")
    String clientId();
}
