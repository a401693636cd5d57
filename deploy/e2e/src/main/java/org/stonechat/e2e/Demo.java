package org.stonechat.e2e;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.story.MailStory;
import org.stonechat.e2e.story.MorningStory;
import org.stonechat.e2e.story.NothingTwiceStory;
import org.stonechat.e2e.story.ReviewStory;
import org.stonechat.e2e.story.ShopStory;
import org.stonechat.e2e.story.Storyteller;
import org.stonechat.launcher.Platform;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Plays the stories on a running platform and prints each step; behind `./stonechat demo`.
@Command(name = "demo", mixinStandardHelpOptions = true, description = "Plays the stories on the running platform.")
public final class Demo implements Callable<Integer> {

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    @Option(names = "--port-offset", description = "Of the platform to use.")
    int portOffset;

    @Option(names = "--story", split = ",", hidden = true, description = "Of those after the mail, only these.")
    List<String> stories = List.of("review", "shop", "morning", "twice");

    private Demo() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Demo()).execute(arguments));
    }

    @Override
    public Integer call() {
        KAFKA.setLevel(Level.WARNING);
        Path root = Path.of(System.getenv().getOrDefault("STONECHAT_ROOT", "."));
        Platform platform = Platform.in(root, portOffset);
        if (!platform.isRunning()) {
            System.err.println("There is no platform running here: start one with ./stonechat up first.");
            return 1;
        }
        InstantSource clock = InstantSource.system();
        Doors doors = Doors.of(platform);
        Storyteller tell = new Storyteller(System.out::println);
        try {
            MailStory.Outcome mail = new MailStory(doors, tell, clock).play();
            if (stories.contains("review")) {
                new ReviewStory(doors, tell, clock).play();
            }
            if (stories.contains("shop")) {
                new ShopStory(doors, tell, clock).play();
            }
            if (stories.contains("morning")) {
                new MorningStory(doors, tell, clock).play();
            }
            if (stories.contains("twice")) {
                new NothingTwiceStory(platform, tell, clock).play(mail);
            }
        } catch (Disappointment e) {
            System.err.println();
            System.err.println("The demo ends here: " + e.getMessage());
            return 1;
        }
        List<Storyteller.Step> steps = tell.steps();
        long millis = steps.stream().mapToLong(step -> step.took().toMillis()).sum();
        System.out.printf(
                Locale.ROOT, "%n%d steps, all as they should be, in %.1f s.%n", steps.size(), millis / 1000.0);
        System.out.println("What the outside world sees: " + doors.page(""));
        return 0;
    }
}
