package org.stonechat.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.stonechat.e2e.client.Doors;
import org.stonechat.e2e.story.MailStory;
import org.stonechat.e2e.story.ReviewStory;
import org.stonechat.e2e.story.Storyteller;
import org.stonechat.launcher.Platform;
import org.stonechat.launcher.Progress;

/// The one platform of a test run, with two replicas of the services that talk to the outside. Started by the
/// first test that asks for it as a parameter of type [Running], stopped after the last; its data stays under
/// `target` for a look.
final class SharedPlatform implements ParameterResolver {

    private static final int PORT_OFFSET = 300;
    private static final Map<String, Integer> REPLICAS = Map.of("ticket-service", 2, "notification-service", 2);

    /// The loggers are kept: one that nobody holds forgets its level.
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedPlatform.class))
                .computeIfAbsent(Running.class, type -> start(), Running.class);
    }

    /// A platform that runs, and the stories that were played on it.
    static final class Running implements AutoCloseable {

        private final Platform platform;
        private final TraceCollector traces;
        private final InstantSource clock = InstantSource.system();
        private final Storyteller tell = new Storyteller(System.out::println);
        private MailStory.Outcome mail;
        private ReviewStory.Outcome review;

        private Running(Platform platform, TraceCollector traces) {
            this.platform = platform;
            this.traces = traces;
        }

        Platform platform() {
            return platform;
        }

        /// What the services export, unless a test started them again.
        TraceCollector traces() {
            return traces;
        }

        Doors doors() {
            return Doors.of(platform);
        }

        InstantSource clock() {
            return clock;
        }

        Storyteller tell() {
            return tell;
        }

        /// The mail story, played once however many tests look at what it left behind.
        synchronized MailStory.Outcome mail() {
            if (mail == null) {
                mail = new MailStory(doors(), tell, clock).play();
            }
            return mail;
        }

        synchronized ReviewStory.Outcome review() {
            if (review == null) {
                review = new ReviewStory(doors(), tell, clock).play();
            }
            return review;
        }

        @Override
        public void close() {
            platform.down();
            traces.close();
        }
    }

    private static Running start() {
        KAFKA.setLevel(Level.WARNING);
        Path root = checkout();
        Platform platform = Platform.in(root, PORT_OFFSET, root.resolve("deploy/e2e/target/e2e-stonechat"));
        platform.reset(Progress.silent());
        TraceCollector traces = new TraceCollector();
        Map<String, String> asInProduction = new HashMap<>(traces.environment());
        // The launcher has it false for people who read the logs.
        asInProduction.put("STONECHAT_LOG_JSON", "true");
        platform.up(Platform.Options.standard()
                .withoutBuild()
                .withReplicas(REPLICAS)
                .withEnvironment(asInProduction));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(platform::down));
        return new Running(platform, traces);
    }

    static Path checkout() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
