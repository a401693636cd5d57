package org.stonechat.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithRealParts
class OpenApiIT {

    @Test
    @Proves("G-1")
    void shouldDescribeEveryOperationOnce() {
        Map<String, Map<String, Map<String, Object>>> paths = given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");

        List<String> operations = new ArrayList<>();
        paths.forEach((path, methods) -> methods.forEach((method, operation) -> {
            operations.add((String) operation.get("operationId"));
            if (!path.contains("/operations/")) {
                assertThat(operation.get("summary")).as("%s %s", method, path).isNotNull();
            }
        }));
        assertThat(operations).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(paths)
                .containsKeys(
                        "/api/v1/tickets",
                        "/api/v1/tickets/{id}",
                        "/api/v1/tickets/{id}/messages",
                        "/api/v1/tickets/{id}/history",
                        "/api/v1/tickets/{id}/attachments/{attachmentId}",
                        "/api/v1/views",
                        "/api/v1/departments/{id}",
                        "/api/v1/agents/me");
    }
}
