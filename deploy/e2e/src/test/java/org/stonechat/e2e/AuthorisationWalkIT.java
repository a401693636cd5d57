package org.stonechat.e2e;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.KnownOperations.Elsewhere;
import org.stonechat.e2e.KnownOperations.Ids;
import org.stonechat.e2e.KnownOperations.Known;
import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.client.Web;
import org.stonechat.e2e.story.DemoPlaces;
import org.stonechat.testing.Proves;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// Walks through every operation of the merged OpenAPI document as the platform serves it, and is refused.
@Order(3)
@ExtendWith(SharedPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorisationWalkIT {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    /// Somebody for each role, to be tried where the role does not suffice.
    private static final Map<String, String> PEOPLE =
            Map.of("customer", "carl", "agent", "alice", "lead", "lena", "analyst", "ana");

    private static final List<String> ROLES = List.of("agent", "lead", "admin", "analyst", "customer", "integration");

    private final Web web = new Web();
    private final Map<String, Desk> desks = new HashMap<>();
    private Doors doors;
    private Accounts accounts;
    private List<Operation> operations;

    /// @param roles those that the document says suffice
    record Operation(String method, String path, Set<String> roles) {

        String name() {
            return method + " " + path;
        }

        boolean isPublic() {
            return KnownOperations.PUBLIC.containsKey(name());
        }

        /// Where the path goes on with this word: the word and the next one.
        String below(String word) {
            int start = path.indexOf("/" + word);
            return start < 0 ? word : path.substring(start + 1, path.indexOf('/', start + 1 + word.length()) + 1);
        }

        /// With ids of nothing in the place of the variables.
        String anyPath() {
            return path.replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
        }
    }

    @BeforeAll
    void readTheDocument(SharedPlatform.Running running) {
        doors = running.doors();
        accounts = new Accounts(running);
        JsonNode document =
                web.get(doors.gateway().resolve("/openapi.json")).expecting(200).json();
        operations = new ArrayList<>();
        document.required("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                roles(operation.getValue())))));
    }

    @Test
    void shouldKnowHowToCallEveryOperation() {
        assertThat(operations).hasSizeGreaterThan(50);
        assertThat(operations.stream()
                        .filter(operation -> KnownOperations.of(operation.name()) == null)
                        .map(Operation::name))
                .as("operations that the table of known ones does not have")
                .isEmpty();
    }

    @Test
    @Proves({"G-3", "G-4"})
    void shouldRefuseEveryOperationWithoutAToken() {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : protectedOnes()) {
            Answer answer = web.send(request(operation, doors.gateway().resolve(operation.anyPath())));
            check(wrong, operation, "without a token", answer, 401);
        }
        assertThat(wrong).isEmpty();
    }

    /// Their services refuse them here, because neither the ids nor the signatures are any; what the gateway
    /// says to who has no token must not come.
    @Test
    void shouldLetPublicOperationsThroughToTheirServicesWithoutAToken() {
        List<Operation> open = operations.stream().filter(Operation::isPublic).toList();
        assertThat(open.stream().map(Operation::name))
                .as("public operations of the document")
                .containsExactlyInAnyOrderElementsOf(KnownOperations.PUBLIC.keySet());
        List<String> wrong = new ArrayList<>();
        for (Operation operation : open) {
            Answer answer = web.send(request(operation, doors.gateway().resolve(operation.anyPath())));
            boolean refusedHere = answer.status() == 401 && !answer.text().contains("\"signature-invalid\"");
            if (answer.status() < 400 || answer.status() >= 500 || refusedHere) {
                wrong.add(operation.name() + ": " + answer.status() + " " + answer.text());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @Proves("G-4")
    void shouldRefuseEveryOperationToRolesThatDoNotSuffice() {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : protectedOnes()) {
            assertThat(operation.roles()).as("roles of %s", operation.name()).isNotEmpty();
            PEOPLE.forEach((role, person) -> {
                if (!operation.roles().contains(role)) {
                    Answer answer = web.send(request(operation, doors.gateway().resolve(operation.anyPath()))
                            .header("Authorization", "Bearer " + desk(person).token()));
                    check(wrong, operation, "as " + role, answer, 403);
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @Proves("G-4")
    void shouldHideWhatBelongsToAnotherDepartment(SharedPlatform.Running running) {
        Ids ids = ids(running);
        List<String> wrong = new ArrayList<>();
        for (Operation operation : protectedOnes()) {
            Known known = KnownOperations.of(operation.name());
            if (known == null || known.elsewhere() == null) {
                if (known == null || known.unscoped() == null) {
                    wrong.add(operation.name() + " has neither a call nor a reason why there is none");
                }
                continue;
            }
            Elsewhere elsewhere = known.elsewhere().apply(ids);
            String path = elsewhere.path().replace("operations/*/", operation.below("operations/"));
            Answer answer = web.send(request(operation, doors.api(path))
                    .header("If-Match", "\"0\"")
                    .header("Authorization", "Bearer " + desk(elsewhere.user()).token()));
            check(wrong, operation, "as " + elsewhere.user() + " at " + path, answer, elsewhere.status());
        }
        assertThat(wrong).isEmpty();
    }

    /// Alice is of the department, and not in the team.
    @Test
    @Proves("G-4")
    void shouldHideWhatLiesWithAClosedTeamOfOnesOwnDepartment(SharedPlatform.Running running) {
        String reviewTicket = "tickets/" + running.review().ticketId();
        JsonNode before = desk("lena").get(reviewTicket).expecting(200).json();
        Ids ids = withAClosedTeam(running, reviewTicket);
        List<String> wrong = new ArrayList<>();
        try {
            Patience.untilTrue(
                    "the review out of sight",
                    Patience.USUAL,
                    () -> desk("alice").get("reviews/" + ids.review()).status() == 404);
            for (Operation operation : protectedOnes()) {
                String path = KnownOperations.ofAClosedTeam(operation.name(), ids);
                if (path != null) {
                    Answer answer = web.send(request(operation, doors.api(path))
                            .header("If-Match", "\"0\"")
                            .header("Authorization", "Bearer " + desk("alice").token()));
                    check(wrong, operation, "of a closed team at " + path, answer, 404);
                } else if (KnownOperations.whyNothingOfAClosedTeam(operation.name(), operation.roles()) == null) {
                    wrong.add(operation.name()
                            + " has neither a call for something of a closed team nor a reason why there is none");
                }
            }
        } finally {
            desk("lena")
                    .put(
                            reviewTicket + "/assignment",
                            Desk.body(
                                    "agentId",
                                    before.path("assigneeId").asText(null),
                                    "teamId",
                                    before.path("teamId").asText(null)))
                    .expecting(200);
        }
        assertThat(wrong).isEmpty();
    }

    /// A ticket with a file in a closed team that nobody is in, and the review whose ticket is moved there.
    private Ids withAClosedTeam(SharedPlatform.Running running, String reviewTicket) {
        String team = UUID.randomUUID().toString();
        desk("ada")
                .put(
                        "teams/" + team,
                        Desk.body(
                                "name",
                                "Behind closed doors",
                                "slug",
                                "closed-" + team.substring(0, 8),
                                "departmentIds",
                                List.of(DemoPlaces.NORTHWIND),
                                "visibility",
                                "INVITED_INTERNAL"))
                .expecting(201);
        String ticket = desk("lena")
                .post(
                        "tickets",
                        Desk.body(
                                "departmentId",
                                DemoPlaces.NORTHWIND,
                                "contact",
                                Desk.body("address", "closed-" + team.substring(0, 8) + "@customers.example"),
                                "subject",
                                "Behind closed doors",
                                "unassigned",
                                true))
                .expecting(201)
                .json()
                .required("id")
                .asText();
        Known upload = Objects.requireNonNull(KnownOperations.of("POST /api/v1/tickets/{id}/attachments"));
        web.send(desk("lena")
                        .to("tickets/" + ticket + "/attachments")
                        .header("Content-Type", Objects.requireNonNull(upload.contentType()))
                        .POST(HttpRequest.BodyPublishers.ofString(Objects.requireNonNull(upload.body()))))
                .expecting(201);
        String attachment = first(desk("lena"), "tickets/" + ticket + "/attachments", null, null);
        for (String path : List.of("tickets/" + ticket, reviewTicket)) {
            desk("lena").put(path + "/assignment", Desk.body("teamId", team)).expecting(200);
        }
        String review = running.review().reviewId().toString();
        return new Ids(ticket, attachment, ticket, ticket, ticket, ticket, review, review);
    }

    /// The person had every role in all departments, and the token is as valid as before.
    @Test
    @Proves({"G-3", "G-4"})
    void shouldRefuseEveryOperationToSomebodyWhoseAccountIsDisabled() {
        Accounts.Account dora = accounts.open("dora", ROLES, "*");
        List<String> everyService = List.of("tickets", "reviews", "ratings", "notifications", "reports/tickets");
        for (String path : everyService) {
            dora.desk().get(path).expecting(200);
        }

        accounts.disable(dora);

        for (String path : everyService) {
            // More than once, because two replicas take turns.
            Patience.untilTrue(
                    "being refused at " + path,
                    Patience.USUAL,
                    () -> IntStream.range(0, 6)
                            .allMatch(time -> dora.desk().get(path).status() == 403));
        }
        List<String> wrong = new ArrayList<>();
        for (Operation operation : protectedOnes()) {
            Answer answer = web.send(request(operation, doors.gateway().resolve(operation.anyPath()))
                    .header("Authorization", "Bearer " + dora.desk().token()));
            check(wrong, operation, "with a disabled account", answer, 403);
            if (!answer.text().contains("\"account-disabled\"")) {
                wrong.add(operation.name() + " with a disabled account: " + answer.text());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private List<Operation> protectedOnes() {
        return operations.stream().filter(operation -> !operation.isPublic()).toList();
    }

    private static HttpRequest.Builder request(Operation operation, URI address) {
        Known known = KnownOperations.of(operation.name());
        String body = known == null ? null : known.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(
                        operation.method(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (known != null && known.contentType() != null) {
            request.header("Content-Type", known.contentType());
        }
        return request;
    }

    private static void check(List<String> wrong, Operation operation, String how, Answer answer, int expected) {
        String type = answer.header("Content-Type").orElse("nothing");
        if (answer.status() != expected || !type.startsWith("application/problem+json")) {
            wrong.add(operation.name() + " " + how + ": " + answer.status() + " " + type + " " + answer.text());
        }
    }

    private Desk desk(String person) {
        return desks.computeIfAbsent(
                person,
                name -> name.equals(KnownOperations.LINDENS_ADMIN)
                        ? accounts.open("lindens-admin", List.of("admin"), DemoPlaces.LINDEN)
                                .desk()
                        : Desk.of(doors, name));
    }

    private static Set<String> roles(JsonNode operation) {
        Set<String> roles = new TreeSet<>();
        operation
                .path("security")
                .forEach(requirement -> requirement.path("bearer").forEach(role -> roles.add(role.asText())));
        return roles;
    }

    private Ids ids(SharedPlatform.Running running) {
        String ticket = running.mail().ticketId().toString();
        String review = running.review().reviewId().toString();
        Desk max = desk("max");
        JsonNode read = max.get("tickets/" + ticket).expecting(200).json();
        return new Ids(
                ticket,
                first(max, "tickets/" + ticket + "/attachments", null, null),
                read.required("requester").required("id").asText(),
                first(max, "mail-ledger", "ticketId", ticket),
                first(max, "ratings", "ticketId", ticket),
                first(desk("bob"), "notifications", null, null),
                review,
                first(desk("lena"), "review-ledger", "reviewId", review));
    }

    /// The id of the first item of a list whose field has this value.
    private static String first(Desk desk, String path, @Nullable String field, @Nullable String value) {
        return Patience.until(
                        "something at " + path,
                        () -> StreamSupport.stream(desk.items(path).spliterator(), false)
                                .filter(item -> field == null
                                        || item.path(field).asText().equals(value))
                                .findFirst())
                .required("id")
                .asText();
    }
}
