package org.stonechat.kit.relay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

        RelayDatabase.Login login = new RelayDatabase.Login("review", "secret");

        assertThat(new RelayDatabase("jdbc:postgresql://localhost/review", login, login, config).slot())
                .isEqualTo("review_ingest_service");
    }

    @Test
    void shouldUseTheServicesRoleOnlyWhereTheRelayHasNone() {
        RelayDatabase.Login service = new RelayDatabase.Login("review", "secret");

        assertThat(RelayHost.relayLogin(config(Map.of()), service)).isEqualTo(service);
        assertThat(RelayHost.relayLogin(
                        config(Map.of(
                                "stonechat.relay.username", "review_relay", "stonechat.relay.password", "another")),
                        service))
                .isEqualTo(new RelayDatabase.Login("review_relay", "another"))
                .hasToString("review_relay");
    }

    @Test
    void shouldRefuseHalfALogin() {
        RelayDatabase.Login service = new RelayDatabase.Login("review", "secret");

        for (String half : List.of("username", "password")) {
            assertThatThrownBy(() ->
                            RelayHost.relayLogin(config(Map.of("stonechat.relay." + half, "review_relay")), service))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("stonechat.relay.username and stonechat.relay.password belong together: set both or"
                            + " neither");
        }
    }

    private static RelayConfig config(Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>(settings);
        properties.put("quarkus.application.name", "review-ingest-service");
        return RelayRig.config(properties);
    }
}
