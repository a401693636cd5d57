package org.stonechat.ticket.view;

import java.util.List;
import java.util.Map;

import io.restassured.specification.RequestSpecification;

/// Views as people keep and open them.
final class Views {

    private Views() {}

    /// Keeps a view.
    ///
    /// @return its code
    static String keep(RequestSpecification who, Map<String, Object> view) {
        return who.body(view)
                .post("/api/v1/views")
                .then()
                .statusCode(201)
                .extract()
                .path("code");
    }

    /// Keeps a view for oneself.
    static String keepPrivate(RequestSpecification who, Map<String, Object> definition) {
        return keep(who, Map.of("name", "A view", "scope", "PRIVATE", "definition", definition));
    }

    /// The ids of the tickets in it.
    static List<String> list(RequestSpecification who, String view) {
        return who.get("/api/v1/tickets?limit=200&view=" + view)
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }
}
