package org.stonechat.e2e;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Json;
import org.stonechat.e2e.client.Web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Keycloak's administration, with the rights of the platform's own directory client: people come, and are dismissed.
final class Accounts {

    private final Doors doors;
    private final Web web = new Web();
    private final URI users;
    private final URI roles;
    private final String directorySecret;

    Accounts(SharedPlatform.Running running) {
        this.doors = running.doors();
        this.directorySecret = running.platform().secrets().directoryClientSecret();
        String realm = doors.issuer().toString().replace("/realms/", "/admin/realms/");
        this.users = URI.create(realm + "/users");
        this.roles = URI.create(realm + "/roles");
    }

    /// @param id   the subject of the tokens
    /// @param desk not signed in yet
    record Account(String id, Desk desk) {}

    /// @param department its id, or `*` for all
    Account open(String name, List<String> realmRoles, String department) {
        String userName = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        String password = "walks-through-" + UUID.randomUUID();
        Answer created = send(
                HttpRequest.newBuilder(users),
                "POST",
                Desk.body(
                        "username",
                        userName,
                        "email",
                        userName + "@staff.stonechat.example",
                        "emailVerified",
                        true,
                        "firstName",
                        "Somebody",
                        "lastName",
                        "Walking",
                        "enabled",
                        true,
                        "attributes",
                        Map.of("departmentId", List.of(department)),
                        "credentials",
                        List.of(Desk.body("type", "password", "value", password, "temporary", false))));
        String location = created.expecting(201).header("Location").orElseThrow();
        String id = location.substring(location.lastIndexOf('/') + 1);
        List<JsonNode> granted = new ArrayList<>();
        for (String role : realmRoles) {
            granted.add(send(HttpRequest.newBuilder(URI.create(roles + "/" + role)), "GET", null)
                    .expecting(200)
                    .json());
        }
        send(HttpRequest.newBuilder(URI.create(users + "/" + id + "/role-mappings/realm")), "POST", granted)
                .expecting(204);
        return new Account(id, Desk.of(doors, userName, password));
    }

    void disable(Account account) {
        URI address = URI.create(users + "/" + account.id());
        ObjectNode user = (ObjectNode) send(HttpRequest.newBuilder(address), "GET", null)
                .expecting(200)
                .json();
        user.put("enabled", false);
        send(HttpRequest.newBuilder(address), "PUT", user).expecting(204);
    }

    private Answer send(HttpRequest.Builder request, String method, @Nullable Object body) {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(Json.write(body));
        return web.send(request.header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, publisher));
    }

    private String token() {
        return web.postForm(
                        URI.create(doors.issuer() + "/protocol/openid-connect/token"),
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", "stonechat-directory",
                                "client_secret", directorySecret))
                .expecting(200)
                .json()
                .required("access_token")
                .asText();
    }
}
