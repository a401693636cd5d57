package org.stonechat.review.connector;

import java.time.InstantSource;
import java.util.Map;

import org.stonechat.kit.outbound.Outbound;
import org.stonechat.kit.outbound.OutboundConfig;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;

/// A client with the usual patience, for tests without a container; it calls this machine, as in development.
public final class TestPlatformHttp implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final SmallRyeConfig config = new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(Map.of("stonechat.outbound.loopback", "true"), "the test", 100))
            .withConverter(MemorySize.class, 100, new MemorySizeConverter())
            .withMapping(ConnectorConfig.class)
            .withMapping(OutboundConfig.class)
            .build();

    public PlatformHttp at(InstantSource clock) {
        return new PlatformHttp(
                new Outbound(config.getConfigMapping(OutboundConfig.class), vertx),
                clock,
                config.getConfigMapping(ConnectorConfig.class));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
