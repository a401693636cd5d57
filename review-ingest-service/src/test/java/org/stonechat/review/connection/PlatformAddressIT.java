package org.stonechat.review.connection;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.Listener;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

/// The rules of production, where the switch for development is off.
@QuarkusTest
@WithRealParts
@TestProfile(PlatformAddressIT.Production.class)
class PlatformAddressIT {

    public static final class Production implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("stonechat.outbound.loopback", "false");
        }
    }

    private TestDesk desk;
    private Listener inside;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        inside = Listener.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    }

    @AfterEach
    void close() {
        inside.close();
        desk.platform.close();
    }

    @Test
    @Proves("G-4")
    void shouldReachNoPrivateAddressHoweverItIsWrittenAndNoHostButThePlatforms() {
        int port = inside.port();
        for (String address : new String[] {
            "http://127.0.0.1:" + port,
            "https://127.0.0.1:" + port,
            "https://localhost:" + port,
            "https://2130706433:" + port,
            "https://017700000001:" + port,
            "https://0x7f000001:" + port,
            "https://0:" + port,
            "https://[::1]:" + port,
            "https://[::127.0.0.1]:" + port,
            "https://[::ffff:127.0.0.1]:" + port,
            "https://[::ffff:7f00:1]:" + port,
            "https://[64:ff9b::7f00:1]:" + port,
            "https://[2002:7f00:1::]:" + port,
            "https://10.0.0.1",
            "https://169.254.169.254/latest/meta-data",
            "https://198.18.0.1",
            "https://240.0.0.1",
            "http://api.etrusted.com",
            "https://api.etrusted.com:8443",
            "https://api.etrusted.com.thief.example",
            "https://thief.example/api.etrusted.com"
        }) {
            for (String field : new String[] {"baseUrl", "tokenUrl"}) {
                TestDesk.put(desk.admin, desk.connection, platforms().put(field, address))
                        .then()
                        .statusCode(422)
                        .contentType("application/problem+json")
                        .body("code", equalTo("address-refused"))
                        .body("errors.pointer", hasItem("/" + field));
            }
        }
        // What is no web address is refused before anybody asks where it leads.
        for (String nonsense : new String[] {
            "https://127.0.0.1.:" + port,
            "https://0x7f.0.0.1:" + port,
            "https://127.1:" + port,
            "https://user@api.etrusted.com",
            "https://api.etrusted.com#part"
        }) {
            TestDesk.put(desk.admin, desk.connection, platforms().put("baseUrl", nonsense))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("request-invalid"))
                    .body("errors.pointer", hasItem("/baseUrl"));
        }
        TestDesk.get(desk.admin, "/api/v1/review-connections/" + desk.connection)
                .then()
                .statusCode(404);
        assertThat(inside.heard()).isEmpty();
    }

    @Test
    @Proves("R-1")
    void shouldTakeThePlatformsOwnAddresses() {
        TestDesk.put(
                        desk.admin,
                        desk.connection,
                        platforms()
                                .put("baseUrl", "https://API.etrusted.com/")
                                .put("tokenUrl", "https://login.etrusted.com:443/oauth/token"))
                .then()
                .statusCode(201);
    }

    private ObjectNode platforms() {
        ObjectNode request = desk.connectionRequest().put("paused", true);
        request.remove("baseUrl");
        request.remove("tokenUrl");
        return request;
    }
}
