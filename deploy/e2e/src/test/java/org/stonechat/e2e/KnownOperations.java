package org.stonechat.e2e;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.story.DemoPlaces;

/// How each operation of the API is called, and what of another department it must not show. An operation
/// that is not here fails the walk: whoever adds one says here how its rights are seen.
final class KnownOperations {

    /// @param contentType null when nothing is sent
    /// @param body a valid one
    /// @param elsewhere the call that must be answered with 404, for something of another department
    /// @param unscoped why there is no such call
    record Known(
            @Nullable String contentType,
            @Nullable String body,
            @Nullable Function<Ids, Elsewhere> elsewhere,
            @Nullable String unscoped) {

        private Known of(Function<Ids, Elsewhere> other) {
            return new Known(contentType, body, other, null);
        }

        private Known because(String reason) {
            return new Known(contentType, body, null, reason);
        }
    }

    /// @param user of the demo world, with a role that suffices, in another department
    /// @param path with what belongs to the other department
    /// @param status of the refusal
    record Elsewhere(String user, String path, int status) {

        Elsewhere(String user, String path) {
            this(user, path, 404);
        }
    }

    /// Admin of Linden alone. The demo world has none; the walk opens an account.
    static final String LINDENS_ADMIN = "an admin of Linden";

    /// What the stories left behind. The mail story played in Linden, the review story in Northwind.
    record Ids(
            String ticket,
            String attachment,
            String contact,
            String mail,
            String rating,
            String bobsNotification,
            String review,
            String reviewLedgerEntry) {}

    /// Operations without a token, and why.
    static final Map<String, String> PUBLIC = Map.of(
            "POST /api/v1/channels/{id}/inbound", "signed with the channel's secret, at most five minutes old",
            "GET /rate/{token}", "the signed token of the mail is the right to see the page",
            "POST /rate/{token}", "the signed token of the mail is the right to rate",
            "POST /api/v1/review-connections/{id}/webhook", "the sender's signature is the right to bring reviews");

    private static final String JSON = "application/json";
    private static final String CONNECTION = "0197a000-0000-7000-8000-000000000041";
    private static final String ALL_DEPARTMENTS =
            "for admins alone, and the demo's admin has all departments; the service's own tests show the refusal";
    private static final String NONE_IN_THE_DEMO =
            "the stories make none; the service's own tests show that another department's is out of sight";
    private static final String NOTHING = "0197a000-0000-7000-8000-00000000ffff";
    private static final String OWN_TESTS =
            "the stories leave none behind; the service's own tests show that another department's is 404";
    private static final String ONES_OWN = "shows what is one's own or in one's departments, and names no other";

    private static final String CUSTOMERS =
            "customers have no department; the service's own tests show that nobody reads another one's";

    private static final String SOMEBODY_ELSES =
            "the stories leave none behind, and each is of who started it; the service's own tests show that somebody"
                    + " else's is 404";

    private static final Map<String, Known> KNOWN = known();

    /// By the first word of the path: why there is no call for something of a closed team that the caller is not in.
    private static final Map<String, String> OPEN_TO_A_CLOSED_TEAMS_COLLEAGUES = closedTeams();

    private KnownOperations() {}

    private static Map<String, String> closedTeams() {
        Map<String, String> reasons = new java.util.HashMap<>();
        String lists =
                "names no single thing; the service's own tests show that what lies with closed teams is left out";
        String setUp = "what a department is set up with is no team's";
        String own = "is one's own, and names nothing of a team";
        for (String word : List.of("tickets", "search", "views", "reviews", "teams", "exports", "live")) {
            reasons.put(word, lists);
        }
        for (String word : List.of(
                "departments",
                "stages",
                "queues",
                "ticket-types",
                "categories",
                "root-causes",
                "close-reasons",
                "fields",
                "forms",
                "canned-replies",
                "channels",
                "review-connections")) {
            reasons.put(word, setUp);
        }
        for (String word : List.of("agents", "bulk-jobs", "imports", "notifications", "portal")) {
            reasons.put(word, own);
        }
        reasons.put("contacts", "customers belong to departments, whichever team writes to them");
        reasons.put("organisations", "customers belong to departments, whichever team writes to them");
        reasons.put("ratings", "the stories leave none with a closed team; the service's own tests show who sees them");
        reasons.put("rating-settings", "whether a team is rated is no secret in its department");
        reasons.put("mail-ledger", "the service's own tests show what of a closed team's mail is seen");
        reasons.put("reports", "figures name no ticket");
        return reasons;
    }

    /// The path with what lies with a closed team, where an operation names such a thing; else null.
    ///
    /// @param ids of a ticket, its attachment, and a review that lie with one
    static @Nullable String ofAClosedTeam(String operation, Ids ids) {
        String path = operation.substring(operation.indexOf(' ') + 1);
        if (path.startsWith("/api/v1/tickets/{id}") || path.startsWith("/api/v1/reviews/{id}")) {
            Known known = of(operation);
            return known == null || known.elsewhere() == null
                    ? null
                    : known.elsewhere().apply(ids).path();
        }
        return null;
    }

    /// @param roles those that suffice for the operation
    static @Nullable String whyNothingOfAClosedTeam(String operation, Set<String> roles) {
        if (!roles.contains("agent") && !roles.contains("analyst") && !roles.contains("customer")) {
            return "it is open to those alone who see into closed teams";
        }
        String below = operation.substring(operation.indexOf("/api/v1/") + "/api/v1/".length());
        return OPEN_TO_A_CLOSED_TEAMS_COLLEAGUES.get(below.split("/")[0]);
    }

    /// @param operation such as `GET /api/v1/tickets/{id}`
    static @Nullable Known of(String operation) {
        return KNOWN.get(operation.replaceFirst("/operations/[a-z]+/", "/operations/*/"));
    }

    /// By their names, those of all services' `/operations` once.
    static Map<String, Known> all() {
        return Collections.unmodifiableMap(KNOWN);
    }

    private static Known bare() {
        return new Known(null, null, null, null);
    }

    private static Known json(Object body) {
        return new Known(JSON, org.stonechat.e2e.client.Json.write(body), null, null);
    }

    private static Map<String, Known> known() {
        Map<String, Known> known = new LinkedHashMap<>();
        known.put("GET /api/v1/agents", bare().because(ONES_OWN));
        known.put("GET /api/v1/agents/me", bare().because(ONES_OWN));
        known.put("GET /api/v1/views", bare().because(ONES_OWN));
        known.put(
                "GET /api/v1/views/counts",
                bare().of(ids -> new Elsewhere("alice", "views/counts?department=" + DemoPlaces.LINDEN)));
        known.put(
                "POST /api/v1/views",
                json(Desk.body(
                                "name",
                                "A walk",
                                "scope",
                                "DEPARTMENT",
                                "departmentId",
                                DemoPlaces.LINDEN,
                                "definition",
                                Desk.body()))
                        .of(ids -> new Elsewhere("lena", "views")));
        known.put("GET /api/v1/views/{id}", bare().because(ONES_OWN));
        known.put(
                "PUT /api/v1/views/{id}",
                json(Desk.body("name", "A walk", "scope", "PRIVATE", "definition", Desk.body()))
                        .because(ONES_OWN));
        known.put("DELETE /api/v1/views/{id}", bare().because(ONES_OWN));
        known.put("PUT /api/v1/views/{code}/star", bare().because(ONES_OWN));
        known.put("DELETE /api/v1/views/{code}/star", bare().because(ONES_OWN));
        known.put(
                "GET /api/v1/search",
                bare().of(ids -> new Elsewhere("alice", "search?q=walk&department=" + DemoPlaces.LINDEN)));
        known.put("GET /api/v1/bulk-jobs", bare().because(ONES_OWN));
        known.put(
                "POST /api/v1/bulk-jobs",
                json(Desk.body("view", "my", "change", Desk.body("comment", "A walk")))
                        .because(ONES_OWN));
        known.put("GET /api/v1/bulk-jobs/{id}", bare().because(ONES_OWN));
        known.put("GET /api/v1/bulk-jobs/{id}/items", bare().because(ONES_OWN));
        known.put("DELETE /api/v1/bulk-jobs/{id}", bare().because(ONES_OWN));
        known.put("GET /api/v1/fields", bare().because(ONES_OWN));
        known.put("GET /api/v1/fields/{id}", bare().because(ONES_OWN));
        known.put(
                "PUT /api/v1/fields/{id}",
                json(Desk.body(
                                "code",
                                "walk",
                                "label",
                                "A walk",
                                "kind",
                                "TEXT",
                                "departmentIds",
                                List.of(DemoPlaces.LINDEN)))
                        .of(ids -> new Elsewhere("alice", "fields/" + ids.ticket())));
        known.put("GET /api/v1/forms", bare().because(ONES_OWN));
        known.put("GET /api/v1/forms/{id}", bare().because(ONES_OWN));
        known.put(
                "PUT /api/v1/forms/{id}",
                json(Desk.body("name", "A walk", "departmentId", DemoPlaces.LINDEN, "items", List.of()))
                        .of(ids -> new Elsewhere("alice", "forms/" + ids.ticket())));
        known.put("DELETE /api/v1/forms/{id}", bare().because(OWN_TESTS));
        known.put("GET /api/v1/agents/me/profile", bare().because(ONES_OWN));
        known.put("PUT /api/v1/agents/me/profile", json(Desk.body()).because(ONES_OWN));
        known.put(
                "GET /api/v1/agents/presence",
                bare().of(ids -> new Elsewhere("lena", "agents/presence?department=" + DemoPlaces.LINDEN)));

        known.put(
                "GET /api/v1/tickets",
                bare().of(ids -> new Elsewhere("alice", "tickets?department=" + DemoPlaces.LINDEN)));
        known.put(
                "POST /api/v1/tickets",
                json(Desk.body(
                                "departmentId",
                                DemoPlaces.LINDEN,
                                "contact",
                                Desk.body("address", "walk@customers.example"),
                                "subject",
                                "A walk"))
                        .of(ids -> new Elsewhere("alice", "tickets")));
        known.put("GET /api/v1/tickets/{id}", bare().of(ids -> ticket(ids, "")));
        known.put(
                "PATCH /api/v1/tickets/{id}",
                new Known("application/merge-patch+json", "{\"priority\":\"HIGH\"}", null, null)
                        .of(ids -> ticket(ids, "")));
        known.put("PUT /api/v1/tickets/{id}/assignment", json(Desk.body()).of(ids -> ticket(ids, "/assignment")));
        known.put(
                "POST /api/v1/tickets/{id}/closure",
                json(Desk.body("as", "SOLVED")).of(ids -> ticket(ids, "/closure")));
        known.put("GET /api/v1/tickets/{id}/history", bare().of(ids -> ticket(ids, "/history")));
        known.put("GET /api/v1/tickets/{id}/form", bare().of(ids -> ticket(ids, "/form")));
        known.put("GET /api/v1/tickets/{id}/messages", bare().of(ids -> ticket(ids, "/messages")));
        known.put(
                "POST /api/v1/tickets/{id}/messages",
                json(Desk.body("kind", "COMMENT", "bodyText", "A walk")).of(ids -> ticket(ids, "/messages")));
        known.put("GET /api/v1/tickets/{id}/attachments", bare().of(ids -> ticket(ids, "/attachments")));
        known.put(
                "POST /api/v1/tickets/{id}/attachments",
                new Known(
                                "multipart/form-data; boundary=walk",
                                "--walk\r\nContent-Disposition: form-data; name=\"file\"; filename=\"walk.txt\"\r\n"
                                        + "Content-Type: text/plain\r\n\r\nA walk\r\n--walk--\r\n",
                                null,
                                null)
                        .of(ids -> ticket(ids, "/attachments")));
        known.put("GET /api/v1/tickets/{id}/context", bare().of(ids -> ticket(ids, "/context")));
        known.put("GET /api/v1/tickets/{id}/family", bare().of(ids -> ticket(ids, "/family")));
        known.put(
                "POST /api/v1/tickets/{id}/merge",
                json(Desk.body("into", NOTHING)).of(ids -> ticket(ids, "/merge")));
        known.put("DELETE /api/v1/tickets/{id}/merge", bare().of(ids -> ticket(ids, "/merge")));
        known.put(
                "POST /api/v1/tickets/{id}/split",
                json(Desk.body("messageIds", List.of(NOTHING))).of(ids -> ticket(ids, "/split")));
        known.put(
                "GET /api/v1/tickets/{id}/attachments/{attachmentId}",
                bare().of(ids -> ticket(ids, "/attachments/" + ids.attachment())));

        known.put(
                "DELETE /api/v1/tickets/{id}/attachments/{attachmentId}",
                bare().of(ids -> ticket(ids, "/attachments/" + ids.attachment())));
        known.put(
                "POST /api/v1/tickets/{id}/messages/{messageId}/withdrawal",
                bare().of(ids -> ticket(ids, "/messages/" + ids.ticket() + "/withdrawal")));
        known.put(
                "POST /api/v1/tickets/{id}/messages/{messageId}/retry",
                bare().of(ids -> ticket(ids, "/messages/" + ids.ticket() + "/retry")));
        known.put(
                "POST /api/v1/tickets/{id}/forwards",
                json(Desk.body("to", List.of(Desk.body("address", "walk@customers.example"))))
                        .of(ids -> ticket(ids, "/forwards")));
        known.put("GET /api/v1/tickets/{id}/draft", bare().of(ids -> ticket(ids, "/draft")));
        known.put(
                "PUT /api/v1/tickets/{id}/draft",
                json(Desk.body("kind", "COMMENT", "bodyText", "A walk")).of(ids -> ticket(ids, "/draft")));
        known.put("DELETE /api/v1/tickets/{id}/draft", bare().of(ids -> ticket(ids, "/draft")));
        known.put("GET /api/v1/tickets/{id}/live", bare().of(ids -> ticket(ids, "/live")));
        known.put("GET /api/v1/tickets/{id}/presence", bare().of(ids -> ticket(ids, "/presence")));
        known.put(
                "POST /api/v1/tickets/{id}/presence",
                json(Desk.body("state", "VIEWING")).of(ids -> ticket(ids, "/presence")));
        known.put("DELETE /api/v1/tickets/{id}/presence", bare().of(ids -> ticket(ids, "/presence")));
        known.put(
                "GET /api/v1/canned-replies",
                bare().of(ids -> new Elsewhere("alice", "canned-replies?department=" + DemoPlaces.LINDEN)));
        known.put("GET /api/v1/canned-replies/{id}", bare().because(NONE_IN_THE_DEMO));
        known.put(
                "PUT /api/v1/canned-replies/{id}",
                json(Desk.body("departmentId", DemoPlaces.LINDEN, "title", "A walk", "bodyText", "A walk"))
                        .of(ids -> new Elsewhere("alice", "canned-replies/" + ids.ticket())));
        known.put("DELETE /api/v1/canned-replies/{id}", bare().because(NONE_IN_THE_DEMO));
        known.put(
                "POST /api/v1/canned-replies/{id}/rendering",
                json(Desk.body("ticketId", DemoPlaces.LINDEN)).because(NONE_IN_THE_DEMO));
        known.put(
                "GET /api/v1/departments/{id}/conversation-settings",
                bare().of(ids ->
                        new Elsewhere("alice", "departments/" + DemoPlaces.LINDEN + "/conversation-settings")));
        known.put(
                "PUT /api/v1/departments/{id}/conversation-settings",
                json(Desk.body())
                        .of(ids ->
                                new Elsewhere("alice", "departments/" + DemoPlaces.LINDEN + "/conversation-settings")));
        known.put(
                "GET /api/v1/contacts/{id}/preferred-channel",
                bare().of(ids -> new Elsewhere("alice", "contacts/" + ids.contact() + "/preferred-channel")));
        known.put(
                "PUT /api/v1/contacts/{id}/preferred-channel",
                json(Desk.body())
                        .of(ids -> new Elsewhere("alice", "contacts/" + ids.contact() + "/preferred-channel")));
        known.put(
                "POST /api/v1/tickets/{id}/referral",
                json(Desk.body("departmentId", DemoPlaces.NORTHWIND)).of(ids -> ticket(ids, "/referral")));
        known.put(
                "POST /api/v1/tickets/{id}/postponement",
                json(Desk.body("amount", 1, "unit", "DAYS")).of(ids -> ticket(ids, "/postponement")));
        known.put(
                "PUT /api/v1/tickets/{id}/requester",
                json(Desk.body("name", "A walk")).of(ids -> ticket(ids, "/requester")));
        known.put("GET /api/v1/tickets/{id}/links", bare().of(ids -> ticket(ids, "/links")));
        known.put(
                "POST /api/v1/tickets/{id}/links",
                json(Desk.body("ticketId", CONNECTION)).of(ids -> ticket(ids, "/links")));
        known.put("DELETE /api/v1/tickets/{id}/links/{otherId}", bare().of(ids -> ticket(ids, "/links/" + CONNECTION)));

        known.put(
                "GET /api/v1/departments/{id}/rights",
                bare().of(ids -> new Elsewhere("alice", "departments/" + DemoPlaces.LINDEN + "/rights")));
        known.put(
                "GET /api/v1/departments/{id}/stages",
                bare().of(ids -> new Elsewhere("alice", "departments/" + DemoPlaces.LINDEN + "/stages")));
        known.put(
                "PUT /api/v1/departments/{id}/stages",
                json(Desk.body(
                                "stages",
                                List.of(
                                        Desk.body("label", "Open", "category", "OPEN", "initial", true, "reopen", true),
                                        Desk.body("label", "Closed", "category", "CLOSED", "close", true))))
                        .of(ids -> new Elsewhere("alice", "departments/" + DemoPlaces.LINDEN + "/stages")));
        for (String kind : List.of("queues", "ticket-types", "categories", "root-causes", "close-reasons")) {
            known.put(
                    "GET /api/v1/" + kind,
                    bare().of(ids -> new Elsewhere("alice", kind + "?department=" + DemoPlaces.LINDEN)));
            known.put("GET /api/v1/" + kind + "/{id}", bare().because(NONE_IN_THE_DEMO));
            known.put(
                    "PUT /api/v1/" + kind + "/{id}",
                    json(Desk.body("departmentId", DemoPlaces.LINDEN, "name", "A walk"))
                            .of(ids -> new Elsewhere("alice", kind + "/" + CONNECTION)));
        }
        known.put("GET /api/v1/roles", bare().because("what each role may do is no secret among admins"));
        known.put("GET /api/v1/roles/{code}", bare().because("what each role may do is no secret among admins"));
        known.put(
                "PUT /api/v1/roles/{code}",
                json(Desk.body("name", "A walk", "kind", "AGENT"))
                        .of(ids -> new Elsewhere(LINDENS_ADMIN, "roles/walk", 403)));
        known.put("DELETE /api/v1/roles/{code}", bare().of(ids -> new Elsewhere(LINDENS_ADMIN, "roles/walk", 403)));
        known.put("GET /api/v1/portal/departments", bare().because("the same for every customer"));
        known.put("GET /api/v1/portal/tickets", bare().because(ONES_OWN));
        known.put(
                "POST /api/v1/portal/tickets",
                json(Desk.body("departmentId", DemoPlaces.LINDEN, "subject", "A walk", "bodyText", "A walk"))
                        .because("customers write to every department"));
        known.put("GET /api/v1/portal/tickets/{id}", bare().because(CUSTOMERS));
        known.put("GET /api/v1/portal/tickets/{id}/attachments/{attachmentId}", bare().because(CUSTOMERS));
        known.put("GET /api/v1/portal/tickets/{id}/messages", bare().because(CUSTOMERS));
        known.put(
                "POST /api/v1/portal/tickets/{id}/messages",
                json(Desk.body("bodyText", "A walk")).because(CUSTOMERS));

        known.put("GET /api/v1/contacts", bare().because(ONES_OWN));
        known.put(
                "POST /api/v1/contacts",
                json(Desk.body("departmentId", DemoPlaces.LINDEN, "name", "A walk"))
                        .of(ids -> new Elsewhere("alice", "contacts")));
        known.put(
                "PATCH /api/v1/contacts/{id}",
                new Known("application/merge-patch+json", "{\"name\":\"A walk\"}", null, null)
                        .of(ids -> contact(ids, "")));
        for (String list : List.of("duplicates", "reviews", "tickets")) {
            known.put("GET /api/v1/contacts/{id}/" + list, bare().of(ids -> contact(ids, "/" + list)));
        }
        known.put(
                "POST /api/v1/contacts/{id}/merge",
                json(Desk.body("into", NOTHING)).of(ids -> contact(ids, "/merge")));
        known.put("DELETE /api/v1/contacts/{id}/merge", bare().of(ids -> contact(ids, "/merge")));
        known.put("GET /api/v1/organisations", bare().because(ONES_OWN));
        known.put(
                "POST /api/v1/organisations",
                json(Desk.body("name", "A walk", "departmentIds", List.of(DemoPlaces.LINDEN)))
                        .of(ids -> new Elsewhere("alice", "organisations")));
        known.put("GET /api/v1/organisations/{id}", bare().because(OWN_TESTS));
        known.put(
                "PUT /api/v1/organisations/{id}",
                json(Desk.body("name", "A walk", "departmentIds", List.of(DemoPlaces.LINDEN)))
                        .because(OWN_TESTS));
        known.put("DELETE /api/v1/organisations/{id}", bare().because(OWN_TESTS));
        known.put("GET /api/v1/channels", bare().because(ONES_OWN));
        known.put("GET /api/v1/channels/{id}", bare().because(OWN_TESTS));
        known.put(
                "PUT /api/v1/channels/{id}",
                json(Desk.body("name", "A walk", "departmentId", DemoPlaces.LINDEN))
                        .of(ids -> new Elsewhere("alice", "channels/" + ids.ticket())));
        known.put("GET /api/v1/imports", bare().because(ONES_OWN));
        known.put("POST /api/v1/imports", new Known("application/x-ndjson", "{}", null, null).because(ALL_DEPARTMENTS));
        known.put("GET /api/v1/imports/{id}", bare().because(SOMEBODY_ELSES));
        known.put("GET /api/v1/imports/{id}/errors", bare().because(SOMEBODY_ELSES));
        known.put("DELETE /api/v1/imports/{id}", bare().because(SOMEBODY_ELSES));
        known.put("GET /api/v1/exports/tickets", bare().because(ONES_OWN));
        known.put("GET /api/v1/contacts/{id}", bare().of(ids -> new Elsewhere("alice", "contacts/" + ids.contact())));
        known.put("GET /api/v1/departments", bare().because(ONES_OWN));
        known.put(
                "GET /api/v1/departments/{id}",
                bare().of(ids -> new Elsewhere("alice", "departments/" + DemoPlaces.LINDEN)));
        known.put(
                "PUT /api/v1/departments/{id}",
                json(Desk.body("name", "A walk")).because(ALL_DEPARTMENTS));
        known.put(
                "GET /api/v1/stages",
                bare().of(ids -> new Elsewhere("alice", "stages?department=" + DemoPlaces.LINDEN)));
        known.put("GET /api/v1/teams", bare().because(ONES_OWN));
        known.put("GET /api/v1/teams/{id}", bare().of(ids -> new Elsewhere("bob", "teams/" + DemoPlaces.REVIEW_DESK)));
        known.put("PUT /api/v1/teams/{id}", json(Desk.body("name", "A walk")).because(ALL_DEPARTMENTS));

        known.put("GET /api/v1/reviews", bare().because(ONES_OWN));
        known.put("GET /api/v1/reviews/{id}", bare().of(ids -> new Elsewhere("bob", "reviews/" + ids.review())));
        known.put("GET /api/v1/review-connections", bare().because(ONES_OWN));
        known.put(
                "GET /api/v1/review-connections/{id}",
                bare().of(ids -> new Elsewhere("max", "review-connections/" + CONNECTION)));
        known.put(
                "PUT /api/v1/review-connections/{id}",
                json(Desk.body("name", "A walk")).because(ALL_DEPARTMENTS));
        known.put("POST /api/v1/review-connections/{id}/test", bare().of(ids -> connection("/test")));
        known.put("GET /api/v1/review-connections/platforms", bare().because("the same for everybody"));
        for (String act : new String[] {"pause", "resume"}) {
            known.put("POST /api/v1/review-connections/{id}/" + act, bare().of(ids -> connection("/" + act)));
        }
        known.put("GET /api/v1/review-connections/{id}/channels", bare().of(ids -> connection("/channels")));
        known.put(
                "GET /api/v1/review-connections/{id}/channels/{channel}/rating",
                bare().of(ids -> new Elsewhere("max", "review-connections/" + CONNECTION + "/channels/x/rating")));
        known.put(
                "GET /api/v1/review-connections/{id}/progress",
                bare().of(ids -> new Elsewhere("max", "review-connections/" + CONNECTION + "/progress")));
        known.put(
                "POST /api/v1/review-connections/{id}/imports",
                new Known("text/csv", "externalId;submittedAt\nwalk;2026-03-05\n", null, null)
                        .of(ids -> new Elsewhere("max", "review-connections/" + CONNECTION + "/imports")));
        known.put(
                "GET /api/v1/review-connections/{id}/imports",
                bare().of(ids -> new Elsewhere("max", "review-connections/" + CONNECTION + "/imports")));
        for (String below : new String[] {"", "/errors"}) {
            known.put(
                    "GET /api/v1/review-connections/{id}/imports/{importId}" + below,
                    bare().of(ids -> new Elsewhere(
                            "max", "review-connections/" + CONNECTION + "/imports/" + ids.review() + below)));
        }
        known.put(
                "DELETE /api/v1/reviews/{id}/reply",
                bare().of(ids -> new Elsewhere("bob", "reviews/" + ids.review() + "/reply")));
        known.put(
                "GET /api/v1/reviews/{id}/report",
                bare().of(ids -> new Elsewhere("bob", "reviews/" + ids.review() + "/report")));
        known.put(
                "POST /api/v1/reviews/{id}/report",
                json(Desk.body("reason", "UNTRUTHFUL", "description", "A walk"))
                        .of(ids -> new Elsewhere("bob", "reviews/" + ids.review() + "/report")));
        known.put(
                "GET /api/v1/review-ledger/reconciliation",
                bare().of(ids -> new Elsewhere("max", "review-ledger/reconciliation?connectionId=" + CONNECTION)));
        known.put(
                "POST /api/v1/review-ledger/reprocess",
                json(Desk.body("connectionId", CONNECTION, "states", java.util.List.of("FAILED")))
                        .of(ids -> new Elsewhere("max", "review-ledger/reprocess")));
        known.put("GET /api/v1/review-ledger", bare().because(ONES_OWN));
        known.put(
                "GET /api/v1/review-ledger/{id}",
                bare().of(ids -> new Elsewhere("max", "review-ledger/" + ids.reviewLedgerEntry())));
        known.put(
                "POST /api/v1/review-ledger/{id}/reprocess",
                bare().of(ids -> new Elsewhere("max", "review-ledger/" + ids.reviewLedgerEntry() + "/reprocess")));

        known.put(
                "GET /api/v1/ratings",
                bare().of(ids -> new Elsewhere("lena", "ratings?department=" + DemoPlaces.LINDEN)));
        known.put("GET /api/v1/ratings/{id}", bare().of(ids -> new Elsewhere("lena", "ratings/" + ids.rating())));
        known.put(
                "PATCH /api/v1/ratings/{id}",
                new Known("application/merge-patch+json", "{\"internalOnly\":true}", null, null)
                        .of(ids -> new Elsewhere("lena", "ratings/" + ids.rating())));
        known.put(
                "GET /api/v1/rating-settings/{scopeId}",
                bare().of(ids -> new Elsewhere("lena", "rating-settings/" + DemoPlaces.LINDEN)));
        known.put(
                "GET /api/v1/rating-settings/{scopeId}/preview",
                bare().of(ids -> new Elsewhere("lena", "rating-settings/" + DemoPlaces.LINDEN + "/preview")));
        known.put(
                "PUT /api/v1/rating-settings/{scopeId}",
                json(Desk.body("enabled", false)).because(ALL_DEPARTMENTS));

        known.put("GET /api/v1/notifications", bare().because(ONES_OWN));
        known.put("GET /api/v1/notifications/counts", bare().because(ONES_OWN));
        known.put(
                "POST /api/v1/notifications/{id}/read",
                bare().of(ids -> new Elsewhere("alice", "notifications/" + ids.bobsNotification() + "/read")));
        known.put("GET /api/v1/live", bare().because(ONES_OWN));
        known.put("PUT /api/v1/live/presence", json(Desk.body("state", "AWAY")).because(ONES_OWN));
        known.put("GET /api/v1/mailboxes", bare().because(ALL_DEPARTMENTS));
        known.put("GET /api/v1/mailboxes/{id}", bare().because(ALL_DEPARTMENTS));
        known.put(
                "PUT /api/v1/mailboxes/{id}",
                json(Desk.body("address", "walk@northwind.example")).because(ALL_DEPARTMENTS));
        known.put(
                "GET /api/v1/mail-ledger",
                bare().of(ids -> new Elsewhere("alice", "mail-ledger?department=" + DemoPlaces.LINDEN)));
        known.put(
                "GET /api/v1/mail-ledger/{id}", bare().of(ids -> new Elsewhere("alice", "mail-ledger/" + ids.mail())));
        known.put(
                "GET /api/v1/mail-ledger/{id}/raw",
                bare().of(ids -> new Elsewhere("alice", "mail-ledger/" + ids.mail() + "/raw")));
        known.put(
                "POST /api/v1/mail-ledger/{id}/reprocess",
                bare().of(ids -> new Elsewhere("lena", "mail-ledger/" + ids.mail() + "/reprocess")));

        for (String report : new String[] {"reviews", "satisfaction", "tickets", "tickets.csv", "times"}) {
            known.put(
                    "GET /api/v1/reports/" + report,
                    bare().of(ids -> new Elsewhere("lena", "reports/" + report + "?department=" + DemoPlaces.LINDEN)));
        }

        String operations = " /api/v1/operations/*/";
        known.put("GET" + operations + "dead-letters", operation(bare(), "dead-letters"));
        known.put("GET" + operations + "dead-letters/{id}", operation(bare(), "dead-letters/" + NOTHING));
        known.put("DELETE" + operations + "dead-letters/{id}", operation(bare(), "dead-letters/" + NOTHING));
        known.put(
                "POST" + operations + "dead-letters/{id}/redrive",
                operation(json(Desk.body()), "dead-letters/" + NOTHING + "/redrive"));
        known.put("GET" + operations + "due-work", operation(bare(), "due-work"));
        known.put("POST" + operations + "due-work/{id}/retry", operation(bare(), "due-work/" + NOTHING + "/retry"));
        known.put("GET" + operations + "rebuild", operation(bare(), "rebuild"));
        known.put("POST" + operations + "rebuild", operation(json(Desk.body()), "rebuild"));
        known.put(
                "POST" + operations + "republish",
                operation(json(Desk.body("topic", "tickets", "group", "walk")), "republish"));
        known.put("GET" + operations + "republish/{id}", operation(bare(), "republish/" + NOTHING));

        Map<String, Known> open = Map.of(
                "POST /api/v1/channels/{id}/inbound", json(Desk.body()),
                "GET /rate/{token}", bare(),
                "POST /rate/{token}", new Known("application/x-www-form-urlencoded", "face=satisfied", null, null),
                "POST /api/v1/review-connections/{id}/webhook", json(Desk.body()));
        PUBLIC.forEach((operation, why) -> known.put(
                operation,
                Objects.requireNonNull(open.get(operation), operation).because(why)));
        return known;
    }

    /// Whoever has some departments is refused what concerns all of them; `*` stands for the service's own name.
    private static Known operation(Known known, String below) {
        return known.of(ids -> new Elsewhere(LINDENS_ADMIN, "operations/*/" + below, 403));
    }

    private static Elsewhere connection(String below) {
        return new Elsewhere(LINDENS_ADMIN, "review-connections/" + CONNECTION + below);
    }

    private static Elsewhere contact(Ids ids, String below) {
        return new Elsewhere("alice", "contacts/" + ids.contact() + below);
    }

    private static Elsewhere ticket(Ids ids, String below) {
        return new Elsewhere("alice", "tickets/" + ids.ticket() + below);
    }
}
