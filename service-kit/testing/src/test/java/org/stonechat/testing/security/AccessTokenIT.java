package org.stonechat.testing.security;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.security.Roles;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@WithRealParts
class AccessTokenIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void shouldReadATokenOnceForRequestsThatFollow() {
        String token = Tokens.of("olga").role(Roles.ADMIN).allDepartments().build();
        assertThat(ask(token)).isEqualTo(200);
        double before = known();

        assertThat(ask(token)).isEqualTo(200);

        assertThat(known()).isGreaterThan(before);
    }

    @Test
    void shouldRefuseATokenThatDiffersFromAGoodOneInItsSignature() {
        String token = Tokens.of("olga").role(Roles.ADMIN).allDepartments().build();
        assertThat(ask(token)).isEqualTo(200);
        int signature = token.lastIndexOf('.') + 1;
        char other = token.charAt(signature) == 'A' ? 'B' : 'A';

        assertThat(ask(token.substring(0, signature) + other + token.substring(signature + 1)))
                .isEqualTo(401);
    }

    @Test
    void shouldRefuseATokenWhoseTimeIsOverThoughItWasGoodAMomentAgo() {
        String token = Tokens.of("olga")
                .role(Roles.ADMIN)
                .allDepartments()
                .validFor(Duration.ofSeconds(10))
                .build();
        assertThat(ask(token)).isEqualTo(200);

        await().atMost(PATIENCE).until(() -> ask(token) == 401);
    }

    @Test
    void shouldKeepApartTokensOfOnePersonWithDifferentRoles() {
        assertThat(ask(Tokens.of("olga").role(Roles.ADMIN).allDepartments().build()))
                .isEqualTo(200);

        assertThat(ask(Tokens.of("olga").role(Roles.AGENT).build())).isEqualTo(403);
    }

    private static int ask(String token) {
        return given().auth()
                .oauth2(token)
                .get("/api/v1/operations/kit/due-work")
                .statusCode();
    }

    private static double known() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("cache_gets_total") && line.contains("verified-tokens"))
                .filter(line -> line.contains("result=\"hit\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
