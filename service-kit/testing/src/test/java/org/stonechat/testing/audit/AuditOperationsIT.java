package org.stonechat.testing.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@WithRealParts
class AuditOperationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ADDRESS = "/api/v1/operations/kit/audit";
    private static final UUID NORTHWIND = UUID.fromString("0197a000-0000-7000-8000-000000000001");

    @Inject
    Audit audit;

    @Inject
    Cause cause;

    @Inject
    InstantSource clock;

    record Role(String name, List<String> rights, String secret) {}

    @Test
    @Proves("G-7")
    void shouldLeaveALineOfARefusedCall() {
        String agent =
                Tokens.of("eve-" + Uuid7.next()).role("agent").allDepartments().build();
        given().auth()
                .oauth2(agent)
                .get("/api/v1/operations/kit/dead-letters/{id}", Uuid7.next())
                .then()
                .statusCode(403);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lines("actor", subjectOf(agent)).getList("items.operation"))
                        .containsExactly("GET /api/v1/operations/{service}/dead-letters/{id}"));
        JsonPath line = lines("actor", subjectOf(agent));
        assertThat(line.getString("items[0].outcome")).isEqualTo("REFUSED");
        assertThat(line.getString("items[0].kind")).isEqualTo("request");
        assertThat(line.getString("items[0].code")).isEqualTo("forbidden");
        assertThat(line.getString("items[0].actorKind")).isEqualTo("AGENT");
        assertThat(line.getInt("items[0].count")).isEqualTo(1);
    }

    @Test
    @Proves("G-7")
    void shouldLeaveALineOfACallWithoutAToken() {
        Instant before = clock.instant();
        given().get("/api/v1/operations/kit/rebuild").then().statusCode(401);
        given().auth()
                .oauth2("no.token.ofours")
                .get("/api/v1/operations/kit/rebuild")
                .then()
                .statusCode(401);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(as("admin")
                                .queryParam("outcome", "REFUSED")
                                .queryParam("from", before.toString())
                                .get(ADDRESS)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath()
                                .getList("items.findAll { it.code == 'unauthenticated' && it.actorId == null"
                                        + " && it.operation == 'GET /api/v1/operations/{service}/rebuild' }.count"))
                        .containsExactly(2));
    }

    @Test
    @Proves({"G-5", "G-7"})
    void shouldCountEqualRefusalsInsteadOfFillingTheDisk() {
        String agent = Tokens.of("mallory-" + Uuid7.next())
                .role("agent")
                .allDepartments()
                .build();
        for (int call = 0; call < 1000; call++) {
            given().auth().oauth2(agent).get(ADDRESS).then().statusCode(403);
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                lines("actor", subjectOf(agent)).getList("items.count", Integer.class).stream()
                                        .mapToInt(Integer::intValue)
                                        .sum())
                        .isEqualTo(1000));
        // A minute may have passed meanwhile, on a slow machine several.
        assertThat(lines("actor", subjectOf(agent)).getList("items")).hasSizeLessThan(50);
    }

    @Test
    @Proves("G-7")
    void shouldLeaveALineOfAChangeWithoutItsSecrets() {
        String id = Uuid7.next().toString();
        String actor = Uuid7.next().toString();

        change(id, actor);

        JsonPath line = lines("actor", actor);
        assertThat(line.getString("items[0].outcome")).isEqualTo("CHANGED");
        assertThat(line.getString("items[0].kind")).isEqualTo("test-role");
        assertThat(line.getString("items[0].subjectId")).isEqualTo(id);
        assertThat(line.getString("items[0].changes.find { it.field == 'rights' }.from"))
                .isEqualTo("[]");
        assertThat(line.getString("items[0].changes.find { it.field == 'rights' }.to"))
                .isEqualTo("[\"EXPORT\"]");
        assertThat(line.getBoolean("items[0].changes.find { it.field == 'secret' }.withheld"))
                .isTrue();
        assertThat(line.prettify()).doesNotContain("s3cret", "n3w");
    }

    @Test
    void shouldLeaveNoLineWithoutTheChange() {
        assertThatIllegalStateException()
                .isThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    audit.changed("undone", "1", Changes.between(null, new Role("a", List.of(), "s")));
                    throw new IllegalStateException("and so it was undone");
                }));

        assertThat(lines("kind", "undone").getList("items")).isEmpty();
    }

    @Test
    void shouldGoThroughLinesPageByPage() {
        String actor = Uuid7.next().toString();
        for (int change = 0; change < 3; change++) {
            change("role-" + change, actor);
        }

        JsonPath first = as("admin")
                .queryParam("actor", actor)
                .queryParam("limit", 2)
                .get(ADDRESS)
                .then()
                .statusCode(200)
                .header("Link", containsString("rel=\"next\""))
                .extract()
                .jsonPath();
        JsonPath second = as("admin")
                .queryParam("actor", actor)
                .queryParam("limit", 2)
                .queryParam("after", first.getString("next"))
                .get(ADDRESS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(first.getList("items.subjectId")).containsExactly("role-2", "role-1");
        assertThat(second.getList("items.subjectId")).containsExactly("role-0");
        assertThat(second.getString("next")).isNull();
    }

    @Test
    @Proves("G-4")
    void shouldShowLinesToAdminsOfAllDepartmentsAlone() {
        given().auth()
                .oauth2(Tokens.of("lea").role("admin").department(NORTHWIND).build())
                .get(ADDRESS)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        as("lead").get(ADDRESS).then().statusCode(403);
        given().get(ADDRESS).then().statusCode(401);
        as("admin").get("/api/v1/operations/another/audit").then().statusCode(404);
    }

    @Test
    void shouldRefuseParametersThatMeanNothing() {
        as("admin").queryParam("after", "forged").get(ADDRESS).then().statusCode(400);
        as("admin").queryParam("from", "yesterday").get(ADDRESS).then().statusCode(400);
        as("admin").queryParam("outcome", "MAYBE").get(ADDRESS).then().statusCode(400);
        as("admin").queryParam("kind", "'; drop table").get(ADDRESS).then().statusCode(400);
    }

    @ActivateRequestContext
    void change(String id, String actor) {
        QuarkusTransaction.requiringNew().run(() -> {
            cause.actAs(new Actor(Actor.Kind.AGENT, actor, "Ada"));
            audit.changed(
                    "test-role",
                    id,
                    Changes.between(new Role("desk", List.of(), "s3cret"), new Role("desk", List.of("EXPORT"), "n3w")));
        });
    }

    private static JsonPath lines(String filter, String value) {
        return as("admin")
                .queryParam(filter, value)
                .get(ADDRESS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String subjectOf(String token) {
        byte[] claims = java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return new JsonPath(new String(claims, java.nio.charset.StandardCharsets.UTF_8)).getString("sub");
    }

    private static RequestSpecification as(String role) {
        return given().auth()
                .oauth2(Tokens.of("ada").role(role).allDepartments().build());
    }
}
