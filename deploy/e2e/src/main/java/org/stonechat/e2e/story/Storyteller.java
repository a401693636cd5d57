package org.stonechat.e2e.story;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.stonechat.e2e.client.Disappointment;

/// Tells a story step by step: what happened, how long it took, where it can be looked at.
public final class Storyteller {

    private final Consumer<String> lines;
    private final List<Step> steps = new ArrayList<>();
    private int number;

    /// @param lines where the telling goes, line by line
    public Storyteller(Consumer<String> lines) {
        this.lines = lines;
    }

    /// A step that was taken.
    public record Step(String story, int number, String what, Duration took) {}

    private String story = "";

    /// Begins a story; its steps are counted from one.
    public void begin(String title) {
        story = title;
        number = 0;
        lines.accept("");
        lines.accept(title);
    }

    /// Takes a step.
    ///
    /// @param what it is, in the words of the story
    /// @param action does it and checks that it had its effect
    /// @param where the result can be looked at
    public <T> T step(String what, Supplier<T> action, Function<T, URI> where) {
        number++;
        long began = System.nanoTime();
        try {
            T result = action.get();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            steps.add(new Step(story, number, what, took));
            lines.accept(String.format(
                    Locale.ROOT, "%3d. %-74s %6.2f s  %s", number, what, seconds(took), where.apply(result)));
            return result;
        } catch (Disappointment e) {
            lines.accept(String.format(Locale.ROOT, "%3d. %-74s FAILED", number, what));
            lines.accept("     " + e.getMessage());
            throw new Disappointment(story + ", step " + number + " (" + what + "): " + e.getMessage(), e);
        }
    }

    /// A step with nothing to hand on.
    public void step(String what, Runnable action, URI where) {
        step(
                what,
                () -> {
                    action.run();
                    return where;
                },
                shown -> shown);
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }

    private static double seconds(Duration took) {
        return took.toMillis() / 1000.0;
    }
}
