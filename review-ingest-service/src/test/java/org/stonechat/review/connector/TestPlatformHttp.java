package org.stonechat.review.connector;

import java.time.InstantSource;
import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/// A client with the usual patience, for tests without a container.
public final class TestPlatformHttp {

    private TestPlatformHttp() {}

    public static PlatformHttp at(InstantSource clock) {
        return new PlatformHttp(
                clock,
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(Map.of(), "nothing", 100))
                        .withMapping(ConnectorConfig.class)
                        .build()
                        .getConfigMapping(ConnectorConfig.class));
    }
}
