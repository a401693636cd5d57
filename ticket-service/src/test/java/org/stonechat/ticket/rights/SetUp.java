package org.stonechat.ticket.rights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.restassured.specification.RequestSpecification;

/// Everything that the right CONFIGURE opens in a department, each as a request that succeeds with it.
final class SetUp {

    private SetUp() {}

    /// A request that sets something up.
    interface Attempt {

        /// @return the status of the answer
        int by(RequestSpecification who);
    }

    /// By what it sets up; each of them makes something new.
    static Map<String, Attempt> in(UUID department) {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        Map<String, Attempt> attempts = new LinkedHashMap<>();
        for (String kind : List.of("queues", "ticket-types", "categories", "root-causes", "close-reasons")) {
            attempts.put(kind, put(kind, Map.of("departmentId", department, "name", "N " + mark)));
        }
        attempts.put(
                "canned-replies",
                put(
                        "canned-replies",
                        Map.of("departmentId", department, "title", "T " + mark, "bodyText", "Dear customer")));
        attempts.put(
                "fields",
                put(
                        "fields",
                        Map.of(
                                "code",
                                "code" + mark,
                                "label",
                                "Label",
                                "kind",
                                "TEXT",
                                "departmentIds",
                                List.of(department))));
        attempts.put(
                "forms",
                put(
                        "forms",
                        Map.of(
                                "name",
                                "Form " + mark,
                                "departmentId",
                                department,
                                "inUse",
                                false,
                                "items",
                                List.of())));
        attempts.put("channels", put("channels", Map.of("name", "Messenger " + mark, "departmentId", department)));
        attempts.put(
                "conversation-settings",
                who -> who.body(Map.of("undoSendFor", "PT10S"))
                        .put("/api/v1/departments/{id}/conversation-settings", department)
                        .statusCode());
        return attempts;
    }

    private static Attempt put(String collection, Map<String, ?> body) {
        return who -> who.body(body)
                .put("/api/v1/" + collection + "/{id}", UUID.randomUUID())
                .statusCode();
    }
}
