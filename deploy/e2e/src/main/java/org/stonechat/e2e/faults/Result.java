package org.stonechat.e2e.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came of killing one target.
///
/// @param recoverySeconds the longest time from a kill until the part was ready again
/// @param restSeconds     from the last client's end until nothing was under way any more and the count was
///                        complete
/// @param repeats         records that came a second time in a topic, and were ignored
/// @param doubts          mails that were sent again because nobody knew whether they had gone out, and noted
///                        as such
/// @param refused         requests that were answered with a refusal
public record Result(
        String name,
        int kills,
        int acknowledged,
        int lost,
        int doubled,
        double recoverySeconds,
        double restSeconds,
        int repeats,
        int doubts,
        int refused,
        boolean ok,
        List<String> notes) {

    /// Nothing was proved of a target for which no time was left.
    static Result notBegun(String name, Duration limit) {
        return new Result(
                name, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, List.of("not begun: " + limit.toSeconds() + " s were over"));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("kills", kills);
        json.put("acknowledged", acknowledged);
        json.put("lost", lost);
        json.put("doubled", doubled);
        json.put("recoverySeconds", Math.round(recoverySeconds * 10) / 10.0);
        json.put("ok", ok);
        return json;
    }
}
