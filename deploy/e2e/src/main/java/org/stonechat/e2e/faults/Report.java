package org.stonechat.e2e.faults;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.stonechat.e2e.client.Json;
import org.stonechat.launcher.FaultsRule;

/// The table of a run, and its file.
public final class Report {

    private final Siege.Plan plan;
    private final Consumer<String> lines;
    private List<Result> results = List.of();

    public Report(Siege.Plan plan, Consumer<String> lines) {
        this.plan = plan;
        this.lines = lines;
    }

    public void begin(List<String> targets) {
        lines.accept("Faults: " + plan.kills() + (plan.kills() == 1 ? " kill" : " kills") + " and at least "
                + plan.acknowledged() + " acknowledged requests for each of " + String.join(", ", targets)
                + " (seed " + plan.seed() + ").");
        if (plan.kills() < FaultsRule.KILLS || plan.acknowledged() < FaultsRule.ACKNOWLEDGED) {
            lines.accept("This is a quick look, too small to count. " + FaultsRule.MEANING);
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
                    result.verdict()));
        }
        lines.accept("");
        lines.accept("repeats: events that came to a topic a second time, as the same, and were ignored. doubts: mails"
                + " sent again under the same message id and recorded as such.");
        lines.accept("recovery: the longest time from a kill until the part was ready again. rest: from the end of the"
                + " load until all had had its effect.");
        lines.accept(closing());
    }

    private String closing() {
        if (!sound()) {
            return "Not ok: see above what was lost, doubled or otherwise wrong.";
        }
        if (!results.stream().allMatch(Result::ok)) {
            return "Nothing was lost or doubled, and everything came back; but this was too small to count, and is not"
                    + " ok in the file. " + FaultsRule.MEANING;
        }
        return "Ok: nothing was lost or doubled, and everything came back.";
    }

    /// Whether nothing was lost or doubled and everything came back, in a run of whatever size.
    public boolean sound() {
        return !results.isEmpty() && results.stream().allMatch(Result::sound);
    }

    public String json() {
        return Json.write(results.stream().map(Result::json).toList());
    }
}
