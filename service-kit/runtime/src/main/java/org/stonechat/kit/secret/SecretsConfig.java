package org.stonechat.kit.secret;

import java.time.Duration;
import java.util.List;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What a start needs, and how long the rotation of secrets takes.
@ConfigMapping(prefix = "stonechat.secrets")
public interface SecretsConfig {

    /// The settings that have no default outside development; a start without one of them ends.
    @WithDefault("quarkus.datasource.username,quarkus.datasource.password")
    List<String> required();

    /// How often stored values are looked through for those that an earlier secret sealed.
    @WithDefault("PT1H")
    Duration resealEvery();
}
