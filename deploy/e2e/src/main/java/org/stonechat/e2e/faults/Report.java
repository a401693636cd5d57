package org.stonechat.e2e.faults;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.stonechat.e2e.client.Json;

/// The table of a run, and its file.
public final class Report {

    private final Siege.Plan plan;
    private final Consumer<String> lines;
    private List<Result> results = List.of();
    private boolean quick;

    public Report(Siege.Plan plan, Consumer<String> lines) {
        this.plan = plan;
        this.lines = lines;
    }

    public void begin(List<String> targets, boolean isQuick) {
        this.quick = isQuick;
        lines.accept("Faults: " + plan.kills() + (plan.kills() == 1 ? " kill" : " kills") + " and at least "
                + plan.acknowledged() + " acknowledged requests for each of " + String.join(", ", targets)
                + " (seed " + plan.seed() + ").");
        if (isQuick) {
            lines.accept("This is the quick look, not the full proof: that takes at least 5 kills and 500"
                    + " acknowledged requests for each target.");
        }
    }

    public void end(List<Result> all) {
        results = List.copyOf(all);
        lines.accept("");
        lines.accept(String.format(
                Locale.ROOT,
                "%-23s %5s %12s %5s %8s %8s %7s %10s %7s  %s",
                "target",
                "kills",
                "acknowledged",
                "lost",
                "doubled",
                "repeats",
                "doubts",
                "recovery",
                "rest",
                ""));
        for (Result result : results) {
            lines.accept(String.format(
                    Locale.ROOT,
                    "%-23s %5d %12d %5d %8d %8d %7d %8.1f s %5.1f s  %s",
                    result.name(),
                    result.kills(),
                    result.acknowledged(),
                    result.lost(),
                    result.doubled(),
                    result.repeats(),
                    result.doubts(),
                    result.recoverySeconds(),
                    result.restSeconds(),
                    result.ok() ? "ok" : result.kills() == 0 ? "NOT BEGUN" : "NOT OK"));
        }
        lines.accept("");
        lines.accept("repeats: events that came to a topic a second time, as the same, and were ignored. doubts: mails"
                + " sent again under the same message id and recorded as such.");
        lines.accept("recovery: the longest time from a kill until the part was ready again. rest: from the end of the"
                + " load until all had had its effect.");
        if (quick) {
            lines.accept("This was the quick look, not the full proof.");
        }
    }

    public boolean ok() {
        return !results.isEmpty() && results.stream().allMatch(Result::ok);
    }

    public String json() {
        return Json.write(results.stream().map(Result::json).toList());
    }
}
