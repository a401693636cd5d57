package org.stonechat.kit.audit;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How long lines are kept, and how refusals are gathered.
@ConfigMapping(prefix = "stonechat.audit")
public interface AuditConfig {

    @WithDefault("P365D")
    Duration keep();

    /// Of lines about refusals: whoever is refused can make many, and they are soon worth little.
    @WithDefault("P30D")
    Duration keepRefusals();

    /// How often old lines are cleared away.
    @WithDefault("PT6H")
    Duration purgeEvery();

    /// Refusals of the same actor, operation and code within so long are one line with a count.
    @WithDefault("PT1M")
    Duration gather();
}
