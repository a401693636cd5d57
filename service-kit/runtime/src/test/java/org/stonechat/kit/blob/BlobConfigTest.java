package org.stonechat.kit.blob;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class BlobConfigTest {

    @Test
    void shouldKeepBlobsInADirectoryUnderTheServicesNameByDefault() {
        BlobConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(BlobConfig.class)
                .withSources(
                        new PropertiesConfigSource(Map.of("quarkus.application.name", "ticket-service"), "test", 100))
                .build()
                .getConfigMapping(BlobConfig.class);

        assertThat(config.kind()).isEqualTo(BlobConfig.Kind.DIRECTORY);
        assertThat(config.directory()).isEqualTo(Path.of(".stonechat/blobs"));
        assertThat(config.prefix()).isEqualTo("ticket-service");
        assertThat(config.collectAfter()).isEqualTo(Duration.ofHours(24));
        assertThat(config.collectEvery()).isEqualTo(Duration.ofHours(1));
        assertThat(config.s3().bucket()).isEqualTo("stonechat");
        assertThat(config.s3().region()).isEqualTo("us-east-1");
        assertThat(config.s3().pathStyle()).isFalse();
        assertThat(config.s3().endpoint()).isEmpty();
    }
}
