package org.stonechat.e2e.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import org.stonechat.e2e.client.Answer;
import org.stonechat.e2e.client.Desk;

import com.fasterxml.jackson.databind.JsonNode;

/// Reads through the API, and waits where it is told to read more slowly.
final class Doorway {

    private static final Duration SLOWER = Duration.ofSeconds(1);
    private static final int PATIENCE = 60;

    private Doorway() {}

    /// The answer, whether it is there or not.
    static Answer read(Desk desk, String path) {
        Answer answer = desk.get(path);
        for (int waits = 0; answer.status() == 429 && waits < PATIENCE; waits++) {
            LockSupport.parkNanos(SLOWER.toNanos());
            answer = desk.get(path);
        }
        return answer.expecting(200, 404);
    }

    /// All items of a collection that is read newest first, as long as they are wanted.
    ///
    /// @param path with a query
    static List<JsonNode> items(Desk desk, String path, Predicate<JsonNode> wanted) {
        List<JsonNode> items = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = read(desk, path + after).expecting(200).json();
            for (JsonNode item : page.required("items")) {
                if (!wanted.test(item)) {
                    return items;
                }
                items.add(item);
            }
            if (!page.hasNonNull("next")) {
                return items;
            }
            after = "&after=" + page.get("next").asText();
        }
    }
}
