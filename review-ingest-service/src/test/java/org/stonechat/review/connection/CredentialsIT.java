package org.stonechat.review.connection;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

@QuarkusTest
@WithRealParts
class CredentialsIT {

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    @Proves("R-1")
    void shouldAskAPlatformNothingMoreOnceItHasRefusedTheCredentials() {
        desk.platform.acceptOnly("another-secret");
        desk.connect();
        await().atMost(TestDesk.PATIENCE)
                .until(() -> desk.connectionView().getString("state").equals("AUTH_FAILED"));
        int asked = desk.platform.requests().size();

        // It polls every second as long as it polls.
        await("silence")
                .during(Duration.ofSeconds(3))
                .atMost(TestDesk.PATIENCE)
                .until(() -> desk.platform.requests().size() == asked);

        // A refused token is asked for once more, and that is all.
        assertThat(asked).isLessThanOrEqualTo(2);
        TestDesk.get(desk.lead, desk.path(""))
                .then()
                .statusCode(200)
                .body("state", equalTo("AUTH_FAILED"))
                .body("stateReason", containsString("401"))
                .body("stateSince", notNullValue());
    }
}
