package org.stonechat.e2e;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Web;
import org.stonechat.launcher.Part;
import org.stonechat.testing.Proves;

import static org.assertj.core.api.Assertions.assertThat;

/// Probes tell the truth: without its database a service is alive and not ready.
@Order(90)
@ExtendWith(SharedPlatform.class)
class ProbesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Web web = new Web();

    @Test
    @Proves("O-3")
    void shouldBeAliveButNotReadyWithoutPostgres(SharedPlatform.Running running) {
        List<Part> services = running.platform().parts().stream()
                .filter(part -> part.name().matches(".*-service(-\\d+)?"))
                .toList();
        Part postgres = running.platform().part("postgres");
        assertThat(services).isNotEmpty();
        awaitReadiness(services, 200);

        postgres.stop();
        try {
            awaitReadiness(services, 503);
            assertThat(services)
                    .allSatisfy(service -> assertThat(status(service, "live"))
                            .as("liveness of %s", service.name())
                            .isEqualTo(200));
        } finally {
            postgres.start();
        }
        awaitReadiness(services, 200);
    }

    private void awaitReadiness(List<Part> services, int expected) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(Disappointment.class)
                .untilAsserted(() -> assertThat(services)
                        .allSatisfy(service -> assertThat(status(service, "ready"))
                                .as("readiness of %s", service.name())
                                .isEqualTo(expected)));
    }

    private int status(Part service, String probe) {
        return web.get(service.address().resolve("/q/health/" + probe)).status();
    }
}
