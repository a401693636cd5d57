package org.stonechat.kit.relay;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RelayConfigTest {

    @Test
    void shouldHaveTheseDefaults() {
        RelayConfig config = RelayRig.config(Map.of("quarkus.application.name", "review-ingest-service"));

        assertThat(config.enabled()).isTrue();
        assertThat(config.slot()).isEqualTo("review-ingest-service");
        assertThat(config.publication()).isEqualTo("stonechat_relay");
        assertThat(config.topics()).isEmpty();
        assertThat(config.compactedTopics()).containsExactly("directory");
        assertThat(config.partitions()).isEqualTo(12);
        assertThat(config.replicationFactor()).isEmpty();
        assertThat(config.retention()).isEqualTo(Duration.ofDays(7));
        assertThat(config.rebuildRetention()).isEqualTo(Duration.ofDays(1));
        assertThat(config.standbyInterval().plus(config.leaderCheckInterval())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void shouldNameTheSlotAsPostgresAllows() {
        RelayConfig config = RelayRig.config(Map.of("quarkus.application.name", "Review-Ingest.Service"));

        assertThat(new RelayDatabase("jdbc:postgresql://localhost/review", "review", "secret", config).slot())
                .isEqualTo("review_ingest_service");
    }
}
