package org.stonechat.review.report;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How reports are followed.
@ConfigMapping(prefix = "stonechat.report")
public interface ReportConfig {

    /// How often the platform is asked what became of a report.
    @WithDefault("PT1H")
    Duration followEvery();

    /// After this long it is not asked any more.
    @WithDefault("P90D")
    Duration followFor();
}
