package org.stonechat.e2e.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.stonechat.launcher.FaultsRule;

/// What came of killing one target.
///
/// @param recoverySeconds the longest time from a kill until the part was ready again
/// @param restSeconds     from the last client's end until nothing was under way any more and the count was
///                        complete
/// @param repeats         records that came a second time in a topic, and were ignored
/// @param doubts          mails that were sent again because nobody knew whether they had gone out, and noted
///                        as such
/// @param refused         requests that were answered with a refusal
/// @param notes           what was not as it should be, in sentences
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
        List<String> notes) {

    /// Nothing was proved of a target for which no time was left.
    static Result notBegun(String name, Duration limit) {
        return new Result(name, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of("not begun: " + limit.toSeconds() + " s were over"));
    }

    /// Whether all that was done to it had a good end, however little that was.
    boolean sound() {
        return kills > 0 && lost == 0 && doubled == 0 && refused == 0 && notes.isEmpty();
    }

    /// Whether enough was done to it for a proof.
    boolean counts() {
        return kills >= FaultsRule.KILLS && acknowledged >= FaultsRule.ACKNOWLEDGED;
    }

    /// Whether it is proved that nothing gets lost or doubled.
    boolean ok() {
        return counts() && sound();
    }

    /// For people.
    String verdict() {
        if (kills == 0) {
            return "NOT BEGUN";
        }
        if (!sound()) {
            return "NOT OK";
        }
        return counts() ? "ok" : "too small to count";
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("kills", kills);
        json.put("acknowledged", acknowledged);
        json.put("lost", lost);
        json.put("doubled", doubled);
        json.put("recoverySeconds", Math.round(recoverySeconds * 10) / 10.0);
        json.put("ok", ok());
        return json;
    }
}
