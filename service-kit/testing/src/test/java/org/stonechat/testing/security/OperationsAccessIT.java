package org.stonechat.testing.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.security.Roles;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithRealParts
class OperationsAccessIT {

    /// They show and move what is of all departments.
    @Test
    void shouldRefuseEveryOperationOfTheServiceToAdminsOfSomeDepartments() {
        String token = Tokens.of("some-admin")
                .role(Roles.ADMIN)
                .department(UUID.randomUUID())
                .build();
        Map<String, Map<String, Object>> paths =
                given().get("/q/openapi?format=JSON").path("paths");
        List<String> tried = new ArrayList<>();
        paths.forEach((path, operations) -> {
            if (path.startsWith("/api/v1/operations/")) {
                String address = path.replace("{service}", "kit")
                        .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
                for (String method : List.of("GET", "POST", "DELETE", "PUT", "PATCH")) {
                    if (operations.containsKey(method.toLowerCase(java.util.Locale.ROOT))) {
                        tried.add(method + " " + path);
                        assertThat(ask(token, method, address))
                                .as(method + " " + path)
                                .isEqualTo(403);
                    }
                }
            }
        });
        assertThat(tried).hasSizeGreaterThanOrEqualTo(10);
    }

    private static int ask(String token, String method, String address) {
        var request = given().auth().oauth2(token);
        if (method.equals("POST")) {
            request.contentType(ContentType.JSON)
                    .body(address.endsWith("/republish") ? Map.of("topic", "things", "group", "somebody") : Map.of());
        }
        return request.request(method, address).statusCode();
    }
}
