package org.stonechat.e2e;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Json;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.Web;
import org.stonechat.testing.Proves;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// A department set up over the API gets its group at Keycloak, and who is put into the group works for it.
@Order(45)
@ExtendWith(SharedPlatform.class)
class NewDepartmentIT {

    private static final String ALICE = "0197a000-0000-7000-8000-000000000101";

    private final Web web = new Web();

    @Test
    @Proves("G-4")
    void shouldMakeAGroupWhoseMembersTokensNameTheDepartment(SharedPlatform.Running running) {
        UUID department = UUID.fromString("0197a000-0000-7000-8000-0000000000e2");
        Desk.of(running.doors(), "ada")
                .put(
                        "departments/" + department,
                        Desk.body("name", "Harbour Outlet", "slug", "harbour", "preset", "OPEN"))
                .expecting(200, 201);

        Keycloak keycloak = new Keycloak(running);
        String group = Patience.until("the group of the new department", () -> keycloak.groupOf(department));
        Desk stranger = Desk.of(running.doors(), "alice");
        stranger.get("departments/" + department).expecting(404);
        keycloak.send("PUT", "users/" + ALICE + "/groups/" + group);
        try {
            Desk alice = Desk.of(running.doors(), "alice");
            assertThat(alice.get("departments/" + department)
                            .expecting(200)
                            .json()
                            .required("slug")
                            .asText())
                    .isEqualTo("harbour");
            long number = alice.post(
                            "tickets",
                            Desk.body(
                                    "departmentId",
                                    department,
                                    "contact",
                                    Desk.body("address", "harbour@customers.example"),
                                    "subject",
                                    "Is the harbour shop open?"))
                    .expecting(201)
                    .json()
                    .required("number")
                    .asLong();
            assertThat(number).isPositive();
        } finally {
            keycloak.send("DELETE", "users/" + ALICE + "/groups/" + group);
        }
    }

    /// Keycloak as its own administrator sees it.
    private final class Keycloak {

        private final URI realm;
        private final String token;

        Keycloak(SharedPlatform.Running running) {
            URI keycloak = running.platform().address("keycloak");
            realm = keycloak.resolve("/admin/realms/stonechat/");
            token = web.postForm(
                            keycloak.resolve("/realms/master/protocol/openid-connect/token"),
                            Map.of(
                                    "grant_type", "password",
                                    "client_id", "admin-cli",
                                    "username", "admin",
                                    "password", running.platform().secrets().keycloakAdminPassword()))
                    .expecting(200)
                    .json()
                    .required("access_token")
                    .asText();
        }

        Optional<String> groupOf(UUID department) {
            JsonNode groups = Json.read(web.send(request("groups?briefRepresentation=false&max=500"))
                    .expecting(200)
                    .text());
            for (JsonNode group : groups) {
                if (department
                        .toString()
                        .equals(group.path("attributes")
                                .path("departmentId")
                                .path(0)
                                .asText())) {
                    return Optional.of(group.required("id").asText());
                }
            }
            return Optional.empty();
        }

        void send(String method, String path) {
            web.send(request(path).method(method, BodyPublishers.noBody())).expecting(204);
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(realm.resolve(path)).header("Authorization", "Bearer " + token);
        }
    }
}
